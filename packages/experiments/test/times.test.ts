import {
  compareTimes,
  compareWaits,
  estimateSurvival,
  medianWait,
  summarizeTimes,
} from '@turnspan/experiments';
import { MAINTAINED, NOT_MAINTAINED } from './support/leukemia';

describe('times on the log scale', () => {
  it('are summed up as R does', () => {
    const { count, mean, variance } = summarizeTimes([1200, 800, 3000, 450, 700]);

    expect(count).toBe(5);
    expect(mean).toBeCloseTo(6.88827680978041, 13);
    expect(variance).toBeCloseTo(0.513229414529492, 13);
  });

  it('are compared by the ratio of their geometric means', () => {
    const control = summarizeTimes([1000, 2000, 4000]);
    const variant = summarizeTimes([500, 1000, 2000]);

    const { ratio, lower, upper } = compareTimes(control, variant);

    expect(ratio).toBeCloseTo(0.5, 12);
    expect(lower * upper).toBeCloseTo(0.25, 12);
    expect(lower).toBeLessThan(0.5);
  });

  it('tell a difference once there are enough of them', () => {
    const control = { count: 1000, mean: 8, variance: 1 };
    const variant = { count: 1000, mean: 8.3, variance: 1 };

    const { lower, pValue } = compareTimes(control, variant);

    expect(lower).toBeGreaterThan(1);
    expect(pValue).toBeLessThan(0.001);
  });

  it.each([
    ['one time', [5], [5, 7]],
    ['times that are all the same', [5, 5], [5, 5]],
  ])('say nothing about %s', (_, control, variant) => {
    const { lower, upper, pValue } = compareTimes(summarizeTimes(control), summarizeTimes(variant));

    expect([lower, upper, pValue]).toEqual([0, Infinity, 1]);
  });
});

// R 4.2.2 with survival 3.5-3: survfit and survdiff of Surv(time, status) ~ x on aml. The curve of
// the first arm and the chi-square of 3.4 are also in the package's documentation.
describe('times to reply', () => {
  it('have the survival curve of R', () => {
    const curve = estimateSurvival(MAINTAINED);

    expect(curve.map(({ ms }) => ms)).toEqual([9, 13, 18, 23, 31, 34, 48]);
    const expected = [
      0.9090909091, 0.8181818182, 0.7159090909, 0.6136363636, 0.4909090909, 0.3681818182,
      0.1840909091,
    ];
    for (const [index, { silent }] of curve.entries()) {
      expect(silent).toBeCloseTo(expected[index] ?? Number.NaN, 10);
    }
  });

  it.each([
    ['one arm', MAINTAINED, 31],
    ['the other', NOT_MAINTAINED, 23],
  ])('have the median of R in %s', (_, waits, expected) => {
    expect(medianWait(estimateSurvival(waits))).toBe(expected);
  });

  it('have no median where most never reply', () => {
    const waits = [1, 2, 3].map((ms) => ({ ms, replied: ms === 1 }));

    expect(medianWait(estimateSurvival(waits))).toBeUndefined();
  });

  it('have the log-rank statistic of R', () => {
    const { excess, variance, statistic, fixedPValue } = compareWaits(MAINTAINED, NOT_MAINTAINED);

    expect(excess).toBeCloseTo(3.6893359923007, 12);
    expect(variance).toBeCloseTo(4.0075507459387, 12);
    expect(statistic).toBeCloseTo(3.3963886989776, 12);
    expect(fixedPValue).toBeCloseTo(0.065339322, 8);
  });

  it('ask for more evidence of whoever looks often', () => {
    const { fixedPValue, pValue } = compareWaits(MAINTAINED, NOT_MAINTAINED);

    expect(pValue).toBeGreaterThan(fixedPValue);
  });

  it('say nothing about nobody', () => {
    const { statistic, fixedPValue, pValue } = compareWaits([], []);

    expect([statistic, fixedPValue, pValue]).toEqual([0, 1, 1]);
  });
});
