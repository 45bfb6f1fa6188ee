import { HOUR_MS, journey, NOON, path, RUN_HOUR, visit } from '../../insights/test/support/rows';
import type { ResponseRow } from '../src';
import { countLoops, countNodeJourneys, countTransitions } from './support/counted/count-journeys';
import { countResponses, countSignals, countWaits } from './support/counted/count-visits';
import { toTrails } from './support/counted/trails';

const LOOPED = [
  ...['menu', 'date', 'time', 'date', 'time', 'date', 'time'].map((node, visit_index) =>
    visit({ visit_index, node, loop_period: visit_index === 6 ? 2 : null }),
  ),
  visit({ visit_index: 7, node: 'note', kind: 'message', outcome: 'dropped' }),
];

describe('journeys by the hour', () => {
  it('tell every step from the beginning to the end', () => {
    const visits = [...path('j', ['a', 'b'], 'completed'), ...path('k', ['a'], 'dropped')];
    const ended = [journey({}), journey({ journey_id: 'k', outcome: 'dropped' })];

    const steps = countTransitions(toTrails(visits.toReversed(), ended));

    expect(steps).toEqual([
      { ...RUN_HOUR, from: '', to: 'a', outcome: '', count: 2 },
      { ...RUN_HOUR, from: 'a', to: 'b', outcome: '', count: 1 },
      { ...RUN_HOUR, from: 'b', to: '', outcome: 'completed', count: 1 },
      { ...RUN_HOUR, from: 'a', to: '', outcome: 'dropped', count: 1 },
    ]);
  });

  it('leave out journeys that go on', () => {
    const trails = toTrails(path('open', ['a', 'b'], 'advanced'), []);

    expect(countTransitions(trails)).toEqual([]);
  });

  it('tell once for each journey which nodes it passed', () => {
    const trails = toTrails(path('j', ['a', 'b', 'a'], 'dropped'), [
      journey({ outcome: 'dropped' }),
    ]);

    const rows = countNodeJourneys(trails, [{ journey_id: 'j', node: 'b' }]);

    expect(rows).toEqual([
      { ...RUN_HOUR, node: 'a', outcome: 'dropped', last: 1, confused: 0, count: 1 },
      { ...RUN_HOUR, node: 'b', outcome: 'dropped', last: 0, confused: 1, count: 1 },
    ]);
  });

  it('tell the exact circle of a loop, whoever entered it where', () => {
    const other = LOOPED.slice(2).map((each) => ({ ...each, journey_id: 'k' }));
    const trails = toTrails(
      [...LOOPED, ...other],
      [journey({ outcome: 'dropped' }), journey({ journey_id: 'k', outcome: 'dropped' })],
    );

    const loops = countLoops(trails);

    expect(loops).toEqual([
      { ...RUN_HOUR, cycle: '["date","time"]', outcome: 'dropped', count: 2 },
    ]);
  });
});

describe('visits by the hour', () => {
  it('hold their signals in the hour in which they were settled', () => {
    const asked = visit({ journey_id: 'k', node: 'date', at: NOON + HOUR_MS, loop_period: 1 });

    const signals = countSignals([asked, visit({})], {
      confusions: [
        { journey_id: 'k', visit_index: 0, signal: 'help' },
        { journey_id: 'open', visit_index: 0, signal: 'help' },
      ],
      returns: [{ journey_id: 'j', visit_index: 0 }],
    });

    const later = { ...RUN_HOUR, hour: NOON + HOUR_MS, node: 'date', count: 1 };
    expect(signals).toEqual([
      { ...later, signal: 'help' },
      { ...RUN_HOUR, node: 'name', signal: 'return', count: 1 },
      { ...later, signal: 'loop' },
    ]);
  });

  it('tell how long people took, and for how long those waited who did not reply', () => {
    const waits = countWaits(
      [
        visit({ wait_seconds: 7 }),
        visit({ wait_seconds: 9 }),
        visit({ outcome: 'dropped', at: NOON + 20_000 }),
        visit({ outcome: 'handed_off', at: NOON + 3000 }),
        visit({ kind: 'message', asked_at: null }),
      ],
      { bucketsSeconds: [5, 10] },
    );

    expect(waits).toEqual([
      { ...RUN_HOUR, node: 'name', end: 'replied', seconds: 10, count: 2 },
      { ...RUN_HOUR, node: 'name', end: 'dropped', seconds: 20, count: 1 },
      { ...RUN_HOUR, node: 'name', end: 'other', seconds: 5, count: 1 },
    ]);
  });

  it('keep the exact sum of response times', () => {
    const response = (seconds: number): ResponseRow => ({
      turn_id: String(seconds),
      at: NOON + 1,
      channel: 'web',
      line: '2',
      flow: null,
      responder: 'bot',
      first: 1,
      seconds,
      felt_seconds: null,
    });

    const rows = countResponses([response(1.5), response(2.25), response(7)], {
      bucketsSeconds: [5, 10],
    });

    const common = { hour: NOON, channel: 'web', line: '2', flow: '', responder: 'bot', first: 1 };
    expect(rows).toEqual([
      { ...common, seconds: 5, count: 2, seconds_sum: 3.75 },
      { ...common, seconds: 10, count: 1, seconds_sum: 7 },
    ]);
  });
});
