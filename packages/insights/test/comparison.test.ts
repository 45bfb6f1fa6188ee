import { toDay, toTimestamp } from '../src/calendar';
import { comparePeriods } from '../src/comparison/compare-periods';
import { compareFlowPeriods, compareVersions } from '../src/comparison/compare-versions';
import { createRandom } from '../src/statistics/random';
import { expectFound } from './support/expect-found';
import { DAY_MS, journeyHour, NOON } from './support/rows';
import { drawBinomial } from './support/simulated/draw';

const FIRST = toDay(NOON);

/** Four weeks of a flow whose second version comes after two, and of a flow that stays as it is. */
function simulate(gain: number, tide: number) {
  const random = createRandom(13);
  return Array.from({ length: 28 }, (_, index) => {
    const isAfter = index >= 14;
    const hour = NOON + index * DAY_MS;
    return ['book', 'support'].flatMap((flow) => {
      const version = flow === 'book' && isAfter ? 'v2' : 'v1';
      const rate = 0.5 + (isAfter ? tide : 0) + (version === 'v2' ? gain : 0);
      const completed = drawBinomial(random, 300, rate);
      return [
        journeyHour({ hour, flow, version, count: completed }),
        journeyHour({ hour, flow, version, outcome: 'dropped', count: 300 - completed }),
      ];
    });
  }).flat();
}

const VERSIONS = { flow: 'book', before: 'v1', after: 'v2' };

describe('a comparison of versions', () => {
  it('is observational, and sees a gain in every way', () => {
    const comparison = expectFound(compareVersions(simulate(0.15, 0), VERSIONS));

    expect(comparison.kind).toBe('observational');
    expect(comparison.before.total).toBe(14 * 300);
    expect(comparison.difference.low).toBeGreaterThan(0.1);
    expect(comparison.difference.high).toBeLessThan(0.2);
    expect(expectFound(comparison.differenceInDifferences).p).toBeLessThan(0.01);
    expect(comparison.afterFrom).toBe(toTimestamp(FIRST + 14));
    expect(expectFound(comparison.changes).map(({ at }) => at)).toEqual([comparison.afterFrom]);
  });

  it('does not take a tide that lifts all for a gain', () => {
    const comparison = expectFound(compareVersions(simulate(0, 0.15), VERSIONS));

    expect(comparison.difference.low).toBeGreaterThan(0.1);
    const { value, p } = expectFound(comparison.differenceInDifferences);
    expect(Math.abs(value)).toBeLessThan(0.03);
    expect(p).toBeGreaterThan(0.05);
    expect(expectFound(comparison.changes)).toEqual([]);
  });

  it('says nothing of a version nobody ran', () => {
    const answer = compareVersions(simulate(0, 0), { ...VERSIONS, after: 'v3' });

    expect(answer.kind).toBe('not_enough_data');
  });
});

describe('a comparison of periods', () => {
  it('is of two stretches of time of a flow', () => {
    const comparison = expectFound(
      compareFlowPeriods(simulate(0.15, 0), {
        flow: 'book',
        before: [NOON, NOON + 7 * DAY_MS],
        after: [NOON + 14 * DAY_MS, NOON + 21 * DAY_MS],
        outcome: 'dropped',
      }),
    );

    expect([comparison.before.total, comparison.after.total]).toEqual([2100, 2100]);
    expect(comparison.difference.high).toBeLessThan(0);
  });

  it('is of the weekdays that both have', () => {
    const day = (index: number, count: number) => ({ day: FIRST + index, count, total: 100 });

    const comparison = expectFound(
      comparePeriods({ before: [day(0, 10), day(1, 90)], after: [day(7, 20), day(9, 90)] }),
    );

    expect(comparison.weekdays).toEqual([1]);
    expect([comparison.before.count, comparison.after.count]).toEqual([10, 20]);
    expect(comparison.differenceInDifferences.kind).toBe('not_enough_data');
    expect(comparison.changes.kind).toBe('not_enough_data');
  });
});
