import { toDay, toHourOfDay, toTimestamp, toWeekday } from '../src/calendar';
import { toDailyCounts } from '../src/daily';
import { compareMeanWithPast, compareRateWithPast } from '../src/movements/compare-with-past';
import { findDatedChanges } from '../src/movements/dated-changes';
import { findMovements } from '../src/movements/find-movements';
import { type Series, toSeries } from '../src/movements/series';
import { findUnexpectedDropOff } from '../src/movements/unexpected-drop-off';
import { createRandom } from '../src/statistics/random';
import { expectFound } from './support/expect-found';
import { DAY_MS, HOUR_MS, NOON, RUN_HOUR, visitHour } from './support/rows';
import { drawBinomial, drawNormal } from './support/simulated/draw';

/** A Monday. */
const MONDAY = toDay(NOON);
const WINDOW = { from: MONDAY + 28, to: MONDAY + 31, pastTo: MONDAY + 28 };

describe('the calendar', () => {
  it('knows the weekday and the hour on the wall', () => {
    const tuesday = NOON + 13 * HOUR_MS;

    expect(toWeekday(toDay(NOON))).toBe(1);
    expect(toWeekday(toDay(NOON - DAY_MS))).toBe(0);
    expect([toDay(tuesday) - MONDAY, toHourOfDay(tuesday)]).toEqual([1, 1]);
    expect(toDay(tuesday, { utcOffsetMinutes: -120 })).toBe(MONDAY);
    expect(toHourOfDay(tuesday, { utcOffsetMinutes: -120 })).toBe(23);
    expect(toTimestamp(MONDAY, { utcOffsetMinutes: 60 })).toBe(NOON - 13 * HOUR_MS);
  });

  it('adds hours up to days', () => {
    const hours = [1, 0, 25].map((hour) => ({ hour: NOON + hour * HOUR_MS, count: 1, total: 2 }));

    expect(toDailyCounts(hours)).toEqual([
      { day: MONDAY, count: 2, total: 4 },
      { day: MONDAY + 1, count: 1, total: 2 },
    ]);
  });
});

describe('a rate against its past', () => {
  /** Twice as many on Mondays, for four weeks and three days. */
  const days = Array.from({ length: 31 }, (_, index) => {
    return { day: MONDAY + index, count: index % 7 === 0 ? 20 : 10, total: 100 };
  });

  it('is as expected where each weekday is as it used to be', () => {
    const movement = expectFound(compareRateWithPast(days, WINDOW));

    expect([movement.observed, movement.expected]).toEqual([40, expect.closeTo(40, 9)]);
    expect(movement.p).toBeGreaterThan(0.5);
    expect(movement.degrees).toBe(21);
  });

  it('is above it where more happens, by at least so many', () => {
    const worse = days.map((each) => (each.day < WINDOW.from ? each : { ...each, count: 30 }));

    const movement = expectFound(compareRateWithPast(worse, WINDOW));

    expect(movement).toMatchObject({ observed: 90, excess: expect.closeTo(50, 9) });
    expect(movement.p).toBeLessThan(1e-5);
    // SE² = r(1−r)(ΣT + ΣT²/N), r = (320.5)/(2801): three days of 100 after four of each weekday.
    const rate = 320.5 / 2801;
    const error = Math.sqrt(rate * (1 - rate) * (300 + 3 * (100 ** 2 / 400)));
    expect(movement.standardError).toBeCloseTo(error, 9);
    expect(movement.atLeast).toBeCloseTo(50 - 1.6448536269514722 * error, 9);
  });

  it('is not called different more often than one in twenty times, even where days scatter', () => {
    const random = createRandom(8);
    const ps = Array.from({ length: 400 }, () => {
      const scattered = days.map(({ day, total }) => {
        const rate = 0.1 * Math.exp(0.3 * drawNormal(random));
        return { day, total, count: drawBinomial(random, total, rate) };
      });
      return expectFound(compareRateWithPast(scattered, WINDOW)).p;
    });

    // 20 are stated; 33 is three standard errors above.
    expect(ps.filter((p) => p <= 0.05).length).toBeLessThanOrEqual(33);
  });

  it('needs two weeks', () => {
    const answer = compareRateWithPast(days.slice(20), WINDOW);

    expect(answer).toMatchObject({ kind: 'not_enough_data', had: 8, needed: 14 });
  });
});

describe('a mean against its past', () => {
  const random = createRandom(4);
  const days = Array.from({ length: 31 }, (_, index) => {
    return { day: MONDAY + index, value: 5 * Math.exp(0.1 * drawNormal(random)) };
  });

  it('is above it where things take twice as long', () => {
    const slower = days.map((each) =>
      each.day < WINDOW.from ? each : { ...each, value: each.value * 2 },
    );

    const usual = expectFound(compareMeanWithPast(days, WINDOW));
    const movement = expectFound(compareMeanWithPast(slower, WINDOW));

    expect(usual.p).toBeGreaterThan(0.05);
    expect(movement.ratio).toBeCloseTo(2 * usual.ratio, 9);
    expect(movement.p).toBeLessThan(1e-6);
  });

  it('cannot be told of what never is', () => {
    expect(compareMeanWithPast([], WINDOW).kind).toBe('not_enough_data');
  });
});

describe('the movements before a moment', () => {
  const drops = (extra: number): Series => ({
    subject: { kind: 'node', flow: 'book', node: 'date' },
    measure: 'drop_off',
    scale: 'rate',
    hours: Array.from({ length: 40 }, (_, day) => {
      return { hour: NOON + day * DAY_MS, count: day > 36 ? 10 + extra : 10, total: 100 };
    }),
  });
  /** The day ends in the middle of a day. */
  const at = NOON + 39 * DAY_MS + HOUR_MS + 1;

  it('are looked for in three days and in seven', () => {
    const movements = findMovements([drops(30)], { at });

    expect(
      movements.map(({ windowDays, observed, total }) => [windowDays, observed, total]),
    ).toEqual([
      [3, 120, 300],
      [7, 160, 700],
    ]);
    expect(movements[0]?.q).toBeLessThan(0.001);
  });

  it('end before the hour of the moment', () => {
    const movements = findMovements([drops(30)], { at: at - HOUR_MS });

    expect(movements.map(({ observed }) => observed).sort()).toEqual([130, 90].sort());
  });

  it('are not what came too early', () => {
    expect(findMovements([drops(0)], { at: NOON + 5 * DAY_MS })).toEqual([]);
  });
});

describe('the series of a business', () => {
  it('are all that can be counted of each node and template', () => {
    const message = { hour: NOON, channel: 'whatsapp', line: '1', flow: '', node: '' };

    const series = toSeries({
      visits: [visitHour({ count: 9, wait_seconds_sum: 90, processing_seconds_sum: 4.5 })],
      signals: [{ ...RUN_HOUR, node: 'name', signal: 'help', count: 2 }],
      messages: [
        { ...message, template: 'offer', event: 'delivered', count: 10 },
        { ...message, template: 'offer', event: 'read', count: 4 },
        { ...message, template: '', event: 'delivered', count: 99 },
      ],
    });

    const find = (measure: string) => {
      const { hours = [] } = series.find((each) => each.measure === measure) ?? {};
      const [day] = toDailyCounts(hours);
      return day && [day.count, day.total];
    };
    expect(find('drop_off')).toEqual([0, 9]);
    expect(find('confusion')).toEqual([2, 9]);
    expect(find('slow_reply')).toEqual([90, 9]);
    expect(find('slow_answer')).toEqual([4.5, 9]);
    expect(find('unread')).toEqual([6, 10]);
    expect(new Set(series.map(({ subject }) => JSON.stringify(subject)))).toEqual(
      new Set([
        JSON.stringify({ kind: 'node', flow: 'book', node: 'name' }),
        JSON.stringify({ kind: 'template', template: 'offer' }),
      ]),
    );
  });
});

describe('an unexpected drop-off', () => {
  const visits = (worse: readonly string[]) =>
    Array.from({ length: 29 }, (_, day) =>
      ['a', 'b', 'c'].flatMap((node) => {
        const dropped = day === 28 && worse.includes(node) ? 50 : 10;
        const hour = NOON + day * DAY_MS;
        return [
          visitHour({ hour, node, count: 200 - dropped }),
          visitHour({ hour, node, outcome: 'dropped', count: dropped }),
        ];
      }),
    ).flat();
  const at = NOON + 28 * DAY_MS;

  it('stands out from the past and from the flow', () => {
    const [first, ...rest] = findUnexpectedDropOff(visits(['b']), { at });

    expect(first).toMatchObject({ flow: 'book', node: 'b', unexpected: true });
    expect(first?.past).toMatchObject({ observed: 50, expected: expect.closeTo(10, 9) });
    expect(first?.ratioToMates).toBeGreaterThan(4);
    expect(rest.map(({ unexpected }) => unexpected)).toEqual([false, false]);
  });

  it('is nothing that happened to the whole flow', () => {
    const nodes = findUnexpectedDropOff(visits(['a', 'b', 'c']), { at });

    expect(nodes.map(({ unexpected }) => unexpected)).toEqual([false, false, false]);
  });

  it('is held against the past alone where there are no flow-mates', () => {
    const only = visits(['b']).filter(({ node }) => node === 'b');

    const [first] = findUnexpectedDropOff(only, { at });

    expect(first).toMatchObject({ unexpected: true, ratioToMates: undefined });
  });
});

describe('dated changes', () => {
  const random = createRandom(6);
  const week = [0, 0, 0, 0, 0, 4, 5];
  const days = Array.from({ length: 56 }, (_, index) => ({
    day: MONDAY + index,
    value: 10 + (week[index % 7] ?? 0) + (index >= 30 ? 3 : 0) + 0.5 * drawNormal(random),
  }));

  it('tell the day, whatever the weekends are like', () => {
    const [change, ...rest] = expectFound(findDatedChanges(days));

    expect(change?.at).toBe(toTimestamp(MONDAY + 30));
    expect((change?.after ?? 0) - (change?.before ?? 0)).toBeCloseTo(3, 0);
    expect(rest).toEqual([]);
  });

  it('need two weeks', () => {
    expect(findDatedChanges(days.slice(0, 13))).toMatchObject({ had: 13, needed: 14 });
  });
});
