import { diag, type Tracer, trace } from '@opentelemetry/api';
import type { TrackerEvent } from '@turnspan/core';
import fc from 'fast-check';
import { version } from '../package.json';
import { ATTRIBUTES, createOpenTelemetryObserver, type OpenTelemetryOptions } from '../src';
import {
  MONDAY,
  messageSent,
  nodeEntered,
  playSignup,
  turnEnded,
  turnOf,
  turnStarted,
  visitOf,
  visitSettled,
} from './support/events';
import { collectComplaints, createTracing, useContextManager } from './support/tracing';

useContextManager();
afterEach(() => {
  trace.disable();
  diag.disable();
});

describe('without an SDK', () => {
  it('does nothing and just runs the bot', () => {
    const { observe, activate } = createOpenTelemetryObserver();
    const turn = turnOf();

    observe(turnStarted(turn));
    const active = activate(turn, () => trace.getActiveSpan());
    const { asking } = playSignup(observe);
    observe(visitSettled(visitOf({ askedAt: MONDAY }), 'dropped'));

    expect(active).toBeUndefined();
    expect([turn.trace, asking.trace]).toEqual([undefined, undefined]);
  });

  it('takes up the SDK that is registered later', () => {
    const { observe } = createOpenTelemetryObserver();
    const { provider, spans } = createTracing();

    playSignup(observe, 'before');
    trace.setGlobalTracerProvider(provider);
    playSignup(observe, 'after');

    expect(new Set(spans().map((span) => span.attributes['session.id']))).toEqual(
      new Set(['after']),
    );
    expect(spans()[0]?.instrumentationScope).toMatchObject({ name: 'turnspan', version });
  });
});

describe('with one SDK after another', () => {
  it('uses the one that is registered when a span begins', () => {
    const { observe } = createOpenTelemetryObserver();
    const [first, second] = [createTracing(), createTracing()];

    trace.setGlobalTracerProvider(first.provider);
    playSignup(observe, 'first');
    trace.disable();
    trace.setGlobalTracerProvider(second.provider);
    playSignup(observe, 'second');

    const sessionsOf = ({ spans }: typeof first) =>
      new Set(spans().map((span) => span.attributes['session.id']));
    expect([first, second].map(sessionsOf)).toEqual([new Set(['first']), new Set(['second'])]);
  });
});

describe('containment', () => {
  const boom = new Error('boom');
  const broken: Tracer = {
    startSpan: () => {
      throw boom;
    },
    startActiveSpan: () => {
      throw boom;
    },
  };

  it('hands a failure of the SDK to onError and not to the tracker', () => {
    const onError = jest.fn();
    const { observe } = createOpenTelemetryObserver({ tracer: broken, onError });

    playSignup(observe);

    expect(onError).toHaveBeenCalledWith(boom);
  });

  it("reports to OpenTelemetry's own log by default", () => {
    const complaints = collectComplaints();
    const { observe } = createOpenTelemetryObserver({ tracer: broken });

    observe(turnStarted(turnOf()));

    expect(complaints).toEqual([[expect.stringContaining('turnspan'), boom]]);
  });

  it.each([
    [{ sampleRatio: 1.1 }, '`sampleRatio` to be a number from 0 to 1, got 1.1'],
    [{ sampleRatio: Number.NaN }, '`sampleRatio` to be a number from 0 to 1, got NaN'],
    [{ alwaysKeep: ['lost'] as never[] }, "`alwaysKeep` to hold outcomes of a visit or 'looped'"],
  ] satisfies [OpenTelemetryOptions, string][])('refuses %j at once', (options, text) => {
    expect(() => createOpenTelemetryObserver(options)).toThrow(
      expect.objectContaining({
        code: 'OPTION_INVALID',
        message: expect.stringContaining(text),
      }),
    );
  });
});

describe('whatever the names are', () => {
  const known = new Set<string>(Object.values(ATTRIBUTES));

  it('makes spans of these names with known attributes, and ends them all', () => {
    const names = fc.record({ flow: fc.string(), node: fc.string(), variant: fc.string() });

    fc.assert(
      fc.property(names, ({ flow, node, variant }) => {
        const { tracer, spans, open } = createTracing();
        const onError = jest.fn();
        const { observe } = createOpenTelemetryObserver({ tracer, onError });
        const turn = turnOf();
        const visit = visitOf({ node, journey: { flow, variant } });

        observe(turnStarted(turn));
        observe(nodeEntered(turn, visit, MONDAY));
        observe(messageSent(turn, MONDAY + 40, { visit }));
        observe(visitSettled({ ...visit, askedAt: MONDAY }, 'repeated', { turn }));
        observe(turnEnded(turn, MONDAY + 60));

        expect(
          spans()
            .map((span) => span.name)
            .sort(),
        ).toEqual(
          [
            'process whatsapp',
            'send whatsapp',
            `node ${flow}/${node}`,
            `visit ${flow}/${node}`,
          ].sort(),
        );
        expect(open()).toBe(0);
        expect(onError).not.toHaveBeenCalled();
        const keys = spans().flatMap((span) => Object.keys(span.attributes));
        expect(keys.filter((key) => !known.has(key))).toEqual([]);
      }),
    );
  });

  it('lets nothing out of the events that may hold something personal', () => {
    const { tracer, spans } = createTracing();
    const { observe } = createOpenTelemetryObserver({ tracer });
    const secret = 'Ana +34 600 000 000';
    const turn = turnOf({ user: { channel: 'whatsapp', line: secret, key: 'u-5f2c' } });
    const visit = visitOf({ journey: { id: secret } });
    const rest: TrackerEvent[] = [
      { kind: 'error_contained', at: MONDAY, error: new Error(secret) },
      { kind: 'journey_started', at: MONDAY, journey: visit.journey, turn },
      { kind: 'node_confused', at: MONDAY, visit, turn, signal: 'no_match' },
      { kind: 'node_returned', at: MONDAY, visit, turn },
      { kind: 'visit_stalled', at: MONDAY, visit },
      { kind: 'clock_skewed', at: MONDAY },
    ];

    observe(turnStarted(turn));
    observe(nodeEntered(turn, visit, MONDAY));
    for (const event of rest) observe(event);
    observe(visitSettled({ ...visit, askedAt: MONDAY }, 'failed', { turn }));
    observe(turnEnded(turn, MONDAY + 60, 'TypeError'));

    const exported = spans().map(({ name, attributes, events, status, links }) => ({
      name,
      attributes,
      events,
      status,
      links,
    }));
    expect(exported).toHaveLength(3);
    expect(JSON.stringify(exported)).not.toContain(secret);
  });
});
