import {
  CONFUSION_SIGNALS,
  DELIVERY_STATUSES,
  JOURNEY_OUTCOMES,
  type JourneyRef,
  type TrackerEvent,
  VISIT_OUTCOMES,
  type VisitRef,
} from '@turnspan/core';
import fc from 'fast-check';

const T0 = Date.UTC(2026, 0, 5, 9);
const USER = { channel: 'whatsapp', line: 'line', key: 'user' };

/** Quarters of a second have sums without a rounding error, whatever the order. */
const seconds = fc.nat(4 * 200_000).map((quarters) => quarters / 4);
const time = fc.nat(3 * 3_600_000).map((ms) => T0 + ms);

const step = fc.record({
  node: fc.constantFrom('a', 'b', 'c', 'd "é"'),
  kind: fc.constantFrom('question', 'question', 'message'),
  at: time,
  asked: fc.option(seconds, { nil: undefined }),
  wait: fc.option(seconds, { nil: undefined }),
  outcome: fc.constantFrom(...VISIT_OUTCOMES),
  loop: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined, freq: 3 }),
  signals: fc.uniqueArray(fc.record({ at: time, signal: fc.constantFrom(...CONFUSION_SIGNALS) }), {
    maxLength: 2,
    selector: ({ at, signal }) => `${at} ${signal}`,
  }),
  returned: fc.option(time, { nil: undefined, freq: 4 }),
});

const run = fc.record({
  flow: fc.constantFrom('order', 'help'),
  version: fc.constantFrom('v1', 'v2'),
  steps: fc.array(step, { maxLength: 7 }),
  ended: fc.option(fc.record({ at: time, outcome: fc.constantFrom(...JOURNEY_OUTCOMES) })),
});

type Run = typeof run extends fc.Arbitrary<infer T> ? T : never;
type Step = Run['steps'][number];

const message = fc
  .record({ at: time, status: fc.constantFrom(...DELIVERY_STATUSES), isTagged: fc.boolean() })
  .map(({ at, status, isTagged }): TrackerEvent => {
    const { channel, line } = USER;
    const [flow, node] = isTagged ? ['order', 'a'] : [undefined, undefined];
    const signal = { kind: 'delivery', channel, line, status, at } as const;
    return { kind: 'delivery', at, signal, flow, node, seconds: undefined };
  });

const response = fc
  .record({ at: time, seconds, first: fc.boolean(), id: fc.nat(50) })
  .map(({ id, ...rest }) => {
    const turn = { id: `t${id}`, user: USER };
    const event = { kind: 'responded', turn, flow: 'order', responder: 'bot' };
    return { ...event, ...rest, feltSeconds: undefined } as unknown as TrackerEvent;
  });

/** What a bot may tell, journey by journey, each in its order. */
export const told: fc.Arbitrary<readonly TrackerEvent[]> = fc
  .tuple(fc.array(run, { maxLength: 12 }), fc.array(fc.oneof(message, response), { maxLength: 20 }))
  .map(([runs, others]) => [...runs.flatMap(toEvents), ...others]);

function toEvents({ flow, version, steps, ended }: Run, index: number): readonly TrackerEvent[] {
  const journey = { id: `j${index}`, flow, version, variant: '', user: USER, sessionId: 's' };
  const ref = { ...journey, entry: 'user', startedAt: T0 } as JourneyRef;
  const end = { kind: 'journey_ended', journey: ref, turn: undefined, seconds: 60, turns: 2 };
  return [
    ...steps.flatMap((each, at) => toStepEvents(ref, each, at)),
    ...(ended ? [{ ...end, ...ended } as TrackerEvent] : []),
  ];
}

function toStepEvents(journey: JourneyRef, each: Step, index: number): readonly TrackerEvent[] {
  const { node, at, asked, signals, returned } = each;
  const askedAt = asked === undefined ? undefined : at - asked * 1000;
  const visit = { journey, index, node, kind: each.kind, enteredAt: at, askedAt } as VisitRef;
  const settled = {
    ...{ kind: 'visit_settled', at, visit, outcome: each.outcome, loopPeriod: each.loop },
    waitSeconds: asked === undefined ? undefined : each.wait,
    processingSeconds: 0.25,
  };
  return [
    ...signals.map((signal) => ({ kind: 'node_confused', visit, ...signal })),
    settled,
    ...(returned === undefined ? [] : [{ kind: 'node_returned', visit, at: returned }]),
  ] as unknown as readonly TrackerEvent[];
}
