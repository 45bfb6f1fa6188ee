import fc from 'fast-check';
import { measureDifference, measureProportion } from '../../src/statistics/proportion';
import { compareRates } from '../../src/statistics/rate-ratio';
import { expectFound } from '../support/expect-found';

/** The four examples of Newcombe, Statistics in Medicine 17 (1998) 857–872, method 3; digits by SciPy 1.17.1. */
const SINGLE = [
  [81, 263, 0.2552885198782742, 0.3662095769828],
  [15, 148, 0.06238639953073629, 0.16048724172330803],
  [0, 20, 0, 0.16112515805281935],
  [1, 29, 0.006113214292762667, 0.17175521879320282],
] as const;

/** Table II of Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10, with its four decimals. */
const DIFFERENCES = [
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [6, 7, 2, 7, 0.0582, 0.8062],
  [5, 56, 0, 29, -0.0381, 0.1926],
  [0, 10, 0, 20, -0.1611, 0.2775],
  [0, 10, 0, 10, -0.2775, 0.2775],
  [10, 10, 0, 20, 0.6791, 1],
  [10, 10, 0, 10, 0.6075, 1],
] as const;

describe('a proportion', () => {
  it.each(SINGLE)('of %d in %d has the published interval', (...numbers) => {
    const [count, total, low, high] = numbers;

    const proportion = measureProportion(count, total);

    expect(proportion.low).toBeCloseTo(low, 9);
    expect(proportion.high).toBeCloseTo(high, 9);
  });

  it('of nothing has no rate, and may be anything', () => {
    const proportion = measureProportion(0, 0);

    expect(proportion).toEqual({ count: 0, total: 0, rate: undefined, low: 0, high: 1 });
  });

  it('is inside its interval, and the more is asked for the wider that is', () => {
    const part = fc
      .integer({ min: 1, max: 5000 })
      .chain((total) => fc.tuple(fc.integer({ min: 0, max: total }), fc.constant(total)));

    fc.assert(
      fc.property(part, ([count, total]) => {
        const usual = measureProportion(count, total);
        const sure = measureProportion(count, total, { confidence: 0.99 });
        const rate = count / total;

        expect(usual.low).toBeLessThanOrEqual(rate);
        expect(usual.high).toBeGreaterThanOrEqual(rate);
        expect(sure.low).toBeLessThanOrEqual(usual.low);
        expect(sure.high).toBeGreaterThanOrEqual(usual.high);
      }),
    );
  });
});

describe('a difference of proportions', () => {
  it.each(DIFFERENCES)('of %d/%d and %d/%d has the published interval', (...numbers) => {
    const [count, total, otherCount, otherTotal, low, high] = numbers;

    const difference = expectFound(
      measureDifference(measureProportion(count, total), measureProportion(otherCount, otherTotal)),
    );

    expect(difference.value).toBeCloseTo(count / total - otherCount / otherTotal, 12);
    expect(Math.abs(difference.low - low)).toBeLessThanOrEqual(0.00005001);
    expect(Math.abs(difference.high - high)).toBeLessThanOrEqual(0.00005001);
  });

  it('with nothing is not known', () => {
    const answer = measureDifference(measureProportion(1, 2), measureProportion(0, 0));

    expect(answer).toMatchObject({ kind: 'not_enough_data', had: 0, needed: 1 });
  });
});

describe('a ratio of rates', () => {
  it('has the exact tail of the binomial that is left when all counts are given', () => {
    const { ratio, p } = expectFound(
      compareRates({ count: 8, total: 100 }, { count: 2, total: 100 }),
    );

    expect(ratio).toBeCloseTo(4, 12);
    // 8, 9 or 10 heads of 10.
    expect(p).toBeCloseTo((45 + 10 + 1) / 1024, 12);
  });

  it('is a number where nothing happens elsewhere', () => {
    const { ratio, p } = expectFound(
      compareRates({ count: 3, total: 10 }, { count: 0, total: 10 }),
    );

    expect([ratio, p]).toEqual([6, 1 / 8].map((each) => expect.closeTo(each, 12)));
  });

  it('allows for as much as it is told to', () => {
    const strict = expectFound(compareRates({ count: 30, total: 100 }, { count: 20, total: 100 }));
    const mild = expectFound(
      compareRates({ count: 30, total: 100 }, { count: 20, total: 100 }, 1.5),
    );

    expect(strict.p).toBeLessThan(0.11);
    expect(mild.p).toBeGreaterThan(0.4);
  });
});
