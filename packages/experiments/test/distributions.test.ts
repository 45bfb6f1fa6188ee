import { chiSquareTail, normalQuantile, normalTail } from '../src/numbers/distributions';
import { gammaTail, logGamma } from '../src/numbers/gamma';

// All values from R 4.2.2: lgamma, pgamma, pchisq, pnorm and qnorm.
describe('the functions beneath the statistics', () => {
  it.each([
    [0.5, 0.5723649429247001],
    [1.5, -0.1207822376352452],
    [10, 12.80182748008147],
    [1000, 5905.220423209181],
    [1e6, 12815504.56914761],
  ])('gives the logarithm of the gamma function of %d', (x, expected) => {
    expect(logGamma(x) / expected).toBeCloseTo(1, 13);
  });

  it.each([
    [0.5, 0.2, 0.527089256865538],
    [2.5, 3, 0.306218918413278],
    [40, 50, 0.064570368921133],
    [30, 12, 0.999991129861201],
    [30, 0, 1],
  ])(
    'gives what lies above in a gamma distribution of shape %d beyond %d',
    (shape, x, expected) => {
      expect(gammaTail(shape, x)).toBeCloseTo(expected, 13);
    },
  );

  it.each([
    [3.84, 1, 0.05004352124870522],
    [10.83, 1, 0.00099868637918026],
    [20, 5, 0.00124973056303138],
  ])('gives how often chance makes a chi-square of %d with %d degrees', (x, degrees, expected) => {
    expect(chiSquareTail(x, degrees)).toBeCloseTo(expected, 14);
  });

  it.each([
    [-1.5, 0.933192798731142],
    [0, 0.5],
    [1.96, 0.0249978951482204],
    [5, 2.86651571879194e-7],
  ])('gives the share of a normal distribution above %d', (z, expected) => {
    expect(normalTail(z)).toBeCloseTo(expected, 14);
  });

  it.each([
    [0.8, 0.84162123357291],
    [0.9, 1.2815515655446],
    [0.975, 1.95996398454005],
  ])('gives the quantile of a normal distribution at %d', (share, expected) => {
    expect(normalQuantile(share)).toBeCloseTo(expected, 12);
  });
});
