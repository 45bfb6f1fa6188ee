import {
  boundRate,
  compareProportions,
  createSequence,
  sequenceMargin,
  sequencePValue,
} from '@turnspan/experiments';
import { createRandom } from './support/seeded';

describe('the confidence sequence', () => {
  // std_conjmix_margin of the authors' R package drconfseq, run with these arguments.
  it.each([
    [100, 0.01, 0.05, 0.365639487136385],
    [500, 0.01, 0.05, 0.136673836703323],
    [1000, 0.01, 0.05, 0.096064019288686],
    [10_000, 0.01, 0.05, 0.032730186242349],
    [1000, 0.0082, 0.01, 0.11324041093065],
  ])('is as wide as the one of its authors at %d users', (...[count, rho2, alpha, expected]) => {
    expect(sequenceMargin(count, { alpha, rho2 })).toBeCloseTo(expected, 13);
  });

  it('is as wide as the normal mixture of confseq', () => {
    // uniform_boundaries_unittest.cpp, TestTwoSidedNormalMixture: 30.35209 for the sum of 100.
    expect(100 * sequenceMargin(100, { alpha: 0.05, rho2: 1 / 12.60056 })).toBeCloseTo(30.35209, 5);
  });

  // -1 - W(-α²/e) on the lower branch, by scipy.special.lambertw of SciPy 1.17.1.
  it.each([
    [0.05, 8.211968062068253],
    [0.025, 9.752937920382603],
    [0.01, 11.756371222495419],
  ])('has the best variance of the mixture for an alpha of %d', (alpha, expected) => {
    expect(createSequence({ alpha, plannedUsers: 1 }).rho2).toBeCloseTo(expected, 12);
  });

  it('is narrowest, in standard errors, at the planned number of users', () => {
    const sequence = createSequence({ plannedUsers: 3000 });
    const inErrors = (count: number) => sequenceMargin(count, sequence) * Math.sqrt(count);

    expect(inErrors(3000)).toBeLessThan(Math.min(inErrors(2900), inErrors(3100)));
  });

  it.each([100, 2000, 50_000])('rejects at its own edge with p = alpha, at %d users', (count) => {
    const sequence = createSequence({ alpha: 0.03 });

    const zSquared = count * sequenceMargin(count, sequence) ** 2;

    expect(sequencePValue(zSquared, count, sequence)).toBeCloseTo(0.03, 12);
  });

  it('bounds the difference of two proportions', () => {
    // The formula in the README with drconfseq's margin for 1000 users, computed in R.
    const { difference, lower, upper } = compareProportions(
      { users: 500, reached: 120 },
      { users: 500, reached: 150 },
    );

    expect(difference).toBeCloseTo(0.06, 14);
    expect(lower).toBeCloseTo(-0.0263405035913537, 13);
    expect(upper).toBeCloseTo(0.1463405035913537, 13);
  });

  it.each([
    ['nobody in one arm', { users: 0, reached: 0 }, { users: 900, reached: 400 }],
    ['nobody in the other', { users: 900, reached: 400 }, { users: 0, reached: 0 }],
  ])('knows nothing with %s', (_, control, variant) => {
    const { lower, upper, pValue } = compareProportions(control, variant);

    expect([lower, upper, pValue]).toEqual([-Infinity, Infinity, 1]);
  });

  it('does not take the first users for a certainty', () => {
    const { lower, upper } = compareProportions(
      { users: 25, reached: 0 },
      { users: 25, reached: 0 },
    );

    expect(upper).toBeGreaterThan(0.1);
    expect(lower).toBeLessThan(-0.1);
  });
});

describe('the bounds of one rate', () => {
  it('hold it at every look, in nearly all of many runs', () => {
    const random = createRandom(21);
    let held = 0;

    for (let run = 0; run < 300; run += 1) held += Number(isHeld(0.1, random));

    expect(held / 300).toBeGreaterThanOrEqual(0.95);
  });

  it.each([
    [
      { users: 0, reached: 0 },
      { rate: Number.NaN, lower: 0, upper: 1 },
    ],
    [
      { users: 10, reached: 0 },
      { rate: 0, lower: 0, upper: expect.any(Number) },
    ],
    [
      { users: 10, reached: 10 },
      { rate: 1, lower: expect.any(Number), upper: 1 },
    ],
  ])('of %j keep within 0 and 1', (proportion, expected) => {
    expect(boundRate(proportion)).toEqual(expected);
  });
});

function isHeld(rate: number, random: () => number): boolean {
  let reached = 0;
  let isWithin = true;
  for (let users = 1; users <= 3000; users += 1) {
    reached += Number(random() < rate);
    if (users % 50 !== 0) continue;
    const { lower, upper } = boundRate({ users, reached });
    isWithin &&= lower <= rate && rate <= upper;
  }
  return isWithin;
}
