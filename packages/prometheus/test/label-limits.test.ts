import type { TrackerEvent } from '@turnspan/core';
import fc from 'fast-check';
import { Registry } from 'prom-client';
import { createPrometheusObserver, type LabelCaps } from '../src';
import {
  createJourney,
  createTurn,
  createVisit,
  declared,
  delivery,
  entered,
  QUIET,
  responded,
  settled,
  T0,
} from './support/events';
import { observeAll, samplesOf } from './support/scrape';

const CAPS: Required<LabelCaps> = {
  flows: 3,
  nodes: 10,
  edges: 12,
  experiments: 2,
  variants: 2,
  channels: 2,
  lines: 3,
  categories: 2,
  codes: 3,
  fields: 2,
  templates: 2,
  accounts: 2,
  events: 3,
  words: 2,
  endpoints: 2,
};

/** A variant that a user is shown for the first time. */
function shown(experiment: string, variant: string): TrackerEvent {
  const run = { flow: 'order', salt: 'x', reason: 'hash', counts: true, first: true, since: T0 };
  const shown = { experiment, variant, ...run };
  return { kind: 'variant_shown', at: T0, turn: createTurn(), journey: undefined, shown };
}

describe('label limits', () => {
  it('replaces experiments and their variants beyond the caps', async () => {
    const variants = ['one', 'two', 'three'].map((variant) => shown('a', variant));
    const events = [...variants, shown('b', 'one'), shown('c', 'one')];

    const registry = observeAll(events, CAPS);

    expect(await samplesOf(registry, 'conversation_experiment')).toEqual([
      'conversation_experiment_exposures_total{experiment="a",variant="one"} 1',
      'conversation_experiment_exposures_total{experiment="a",variant="two"} 1',
      'conversation_experiment_exposures_total{experiment="a",variant="__other__"} 1',
      'conversation_experiment_exposures_total{experiment="b",variant="one"} 1',
      'conversation_experiment_exposures_total{experiment="__other__",variant="__other__"} 1',
    ]);
  });

  it('replaces a node beyond the cap and counts each time', async () => {
    const events = ['a', 'b', 'c', 'c'].map((node) => entered({ visit: createVisit({ node }) }));
    const registry = observeAll(events, { nodes: 2 });

    const entries = await samplesOf(registry, 'conversation_node_entries_total');
    const overflow = await samplesOf(registry, 'turnspan_label_overflow_total{label="node"}');

    expect(entries).toEqual([
      'conversation_node_entries_total{flow="order",node="a"} 1',
      'conversation_node_entries_total{flow="order",node="b"} 1',
      'conversation_node_entries_total{flow="order",node="__other__"} 2',
    ]);
    expect(overflow).toEqual(['turnspan_label_overflow_total{label="node"} 2']);
  });

  it('counts nodes of the same name in two flows as two', async () => {
    const visits = ['one', 'two'].map((flow) => createVisit({ journey: createJourney({ flow }) }));
    const registry = observeAll(
      visits.map((visit) => entered({ visit })),
      { nodes: 1 },
    );

    const entries = await samplesOf(registry, 'conversation_node_entries_total');

    expect(entries[1]).toBe('conversation_node_entries_total{flow="two",node="__other__"} 1');
  });

  it('takes the nodes and edges of a flow beyond the cap with it, and counts the flow alone', async () => {
    const events = ['one', 'two'].map((flow) => {
      return entered({ visit: createVisit({ journey: createJourney({ flow }) }), from: 'hello' });
    });
    const registry = observeAll(events, { flows: 1 });

    const entries = await samplesOf(registry, 'conversation_node_entries_total');
    const transitions = await samplesOf(registry, 'conversation_transitions_total');
    const overflow = await samplesOf(registry, 'turnspan_label_overflow_total');

    expect(entries[1]).toBe('conversation_node_entries_total{flow="__other__",node="__other__"} 1');
    expect(transitions[1]).toBe(
      'conversation_transitions_total{flow="__other__",from="__other__",to="__other__"} 1',
    );
    expect(overflow.filter((line) => !line.endsWith(' 0'))).toEqual([
      'turnspan_label_overflow_total{label="flow"} 1',
    ]);
  });

  it('declares nothing for a flow beyond the cap', async () => {
    const events = ['one', 'two', 'three'].map((flow) => declared({ flow, version: flow }));
    const registry = observeAll(events, { flows: 1 });

    const samples = await samplesOf(registry, 'conversation_');

    expect(samples.filter((line) => line.includes('__other__'))).toEqual([]);
    expect(samples.filter((line) => line.includes('_info'))).toHaveLength(1);
  });

  it('cuts long values', async () => {
    const visit = createVisit({ node: 'x'.repeat(5000) });
    const registry = observeAll([entered({ visit, from: 'y'.repeat(5000) })]);

    const samples = await samplesOf(registry, 'conversation_');

    expect(Math.max(...samples.map((line) => line.length))).toBeLessThan(400);
  });

  it.each([0, -1, 1.5, Number.NaN, '7'])('refuses %p as a cap', (cap) => {
    const caps = { nodes: cap as number };
    const create = () =>
      createPrometheusObserver({ registry: new Registry(), snapshot: () => QUIET, caps });

    expect(create).toThrow(`\`caps.nodes\` to be a whole number from 1 and up, got ${cap}`);
  });

  it('keeps the number of series bounded over 10 000 random names', async () => {
    const names = fc.sample(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), 10_000);
    const registry = new Registry();
    const { observe, graphUsage, graphRequest } = createPrometheusObserver({
      registry,
      snapshot: () => QUIET,
      caps: CAPS,
    });

    for (const [index, name] of names.entries()) {
      for (const event of eventsAbout(name, names[index - 1] ?? name)) observe(event);
      graphUsage(name, 0.5);
      graphRequest(name, name);
    }

    const samples = await samplesOf(registry);
    expect(new Set(samples.map(toSeries)).size).toBe(samples.length);
    expect(valuesOf(samples, 'flow').size).toBeLessThanOrEqual(CAPS.flows + 2);
    expect(valuesOf(samples, 'line').size).toBeLessThanOrEqual(CAPS.lines + 1);
    expect(valuesOf(samples, 'channel').size).toBeLessThanOrEqual(CAPS.channels + 1);
    expect(valuesOf(samples, 'category').size).toBeLessThanOrEqual(CAPS.categories + 1);
    expect(valuesOf(samples, 'code').size).toBeLessThanOrEqual(CAPS.codes + 1);
    expect(valuesOf(samples, 'field').size).toBeLessThanOrEqual(CAPS.fields + 1);
    expect(valuesOf(samples, 'event').size).toBeLessThanOrEqual(CAPS.events + 1);
    expect(valuesOf(samples, 'endpoint').size).toBeLessThanOrEqual(CAPS.endpoints + 1);
    expect(seriesOf(samples, 'whatsapp_graph_usage_ratio')).toBe(CAPS.words + 1);
    expect(seriesOf(samples, 'conversation_transitions_total')).toBeLessThanOrEqual(
      CAPS.edges + CAPS.flows + 1,
    );
    expect(seriesOf(samples, 'conversation_node_entries_total')).toBeLessThanOrEqual(
      (CAPS.nodes + CAPS.flows + 1) * (CAPS.variants + 2),
    );
    expect(samples.length).toBeLessThan(6000);
  });
});

function eventsAbout(name: string, previous: string) {
  const user = { channel: name, line: name, key: 'u' };
  const turn = createTurn({ user });
  const journey = createJourney({ flow: name.slice(0, 1), variant: name, user });
  const visit = createVisit({ journey, node: name });
  const failure = { class: 'other', code: name } as const;
  return [
    declared({ flow: name, version: name, nodes: [{ id: previous, kind: 'question' }] }),
    { kind: 'journey_started', at: T0, journey, turn },
    entered({ visit, turn, from: previous }),
    settled({ visit, turn, waitSeconds: 1, processingSeconds: 1 }),
    responded({ turn, flow: name }),
    delivery({ line: name, category: name, status: 'failed', failure }, { flow: name, node: name }),
    webhook(name),
    qualityEvent(name),
    { kind: 'preference_changed', at: T0, user, value: 'stop', place: { flow: name, node: name } },
  ] as const;
}

function webhook(field: string) {
  return {
    kind: 'webhook',
    at: T0,
    signal: { kind: 'webhook', field, result: 'bad_signature' },
  } as const;
}

function qualityEvent(event: string) {
  const subject = { kind: 'phone', id: event } as const;
  return {
    kind: 'quality_event',
    at: T0,
    signal: { kind: 'quality_event', subject, event, at: T0 },
  } as const;
}

function toSeries(sample: string): string {
  return Buffer.from(sample.slice(0, sample.lastIndexOf(' '))).toString();
}

function seriesOf(samples: readonly string[], name: string): number {
  return samples.filter((sample) => sample.startsWith(name)).length;
}

function valuesOf(samples: readonly string[], label: string): Set<string | undefined> {
  const pattern = new RegExp(`[{,]${label}="((?:[^"\\\\]|\\\\.)*)"`);
  return new Set(samples.flatMap((sample) => pattern.exec(sample)?.[1] ?? []));
}
