import {
  binomialTail,
  chiSquareTail,
  normalQuantile,
  normalTail,
  normalTwoSided,
  studentTail,
  studentTwoSided,
} from '../../src/statistics/distributions';

/** Computed with SciPy 1.17.1 (scipy.stats norm, chi2, t and binom). */
const SCIPY = {
  quantiles: [
    [1e-10, -6.361340902404056],
    [0.001, -3.090232306167813],
    [0.025, -1.9599639845400545],
    [0.3, -0.5244005127080409],
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.995, 2.5758293035489004],
  ],
  normal: [
    [-3, 0.9986501019683699],
    [0, 0.5],
    [0.5, 0.3085375387259869],
    [1.959964, 0.024999999096442398],
    [5, 2.866515718791933e-7],
    [9, 1.1285884059538324e-19],
  ],
  chiSquare: [
    [3.841458820694124, 1, 0.05],
    [16.793, 1, 4.168679471886338e-5],
    [9.48772903678, 4, 0.0500000000000239],
    [0.1, 3, 0.9918374237318764],
    [100, 50, 3.454931382984871e-5],
  ],
  student: [
    [2, 5, 0.050969739414929174],
    [12.706204736, 1, 0.025000000000342328],
    [-0.5, 9, 0.6854643500869868],
    [4, 30.5, 0.00018668972513020198],
    [0.01, 200, 0.4960156275766405],
  ],
  binomial: [
    [5, 10, 0.3, 0.15026833259999992],
    [0, 10, 0.2, 1],
    [10, 10, 0.5, 0.0009765625],
    [60, 400, 0.1, 0.0010528245171127764],
    [900, 10_000, 0.08, 0.00015505682778568469],
  ],
} as const;

/** How far a number is from the one it should be, as a part of it. */
function distance(value: number, expected: number): number {
  return expected === 0 ? Math.abs(value) : Math.abs(value / expected - 1);
}

describe('the distributions agree with SciPy', () => {
  it.each(SCIPY.quantiles)('in the normal quantile of %d', (probability, expected) => {
    const quantile = normalQuantile(probability);

    expect(distance(quantile, expected)).toBeLessThan(1e-9);
  });

  it.each(SCIPY.normal)('in the normal tail above %d', (z, expected) => {
    const tail = normalTail(z);

    expect(distance(tail, expected)).toBeLessThan(1e-9);
    expect(distance(normalTwoSided(z), 2 * Math.min(expected, 1 - expected))).toBeLessThan(1e-9);
  });

  it.each(SCIPY.chiSquare)('in the chi-square tail above %d with %d', (x, degrees, expected) => {
    const tail = chiSquareTail(x, degrees);

    expect(distance(tail, expected)).toBeLessThan(1e-9);
  });

  it.each(SCIPY.student)("in Student's tail above %d with %d", (t, degrees, expected) => {
    const tail = studentTail(t, degrees);

    expect(distance(tail, expected)).toBeLessThan(1e-9);
    expect(
      distance(studentTwoSided(t, degrees), 2 * Math.min(expected, 1 - expected)),
    ).toBeLessThan(1e-9);
  });

  it.each(SCIPY.binomial)('in %d or more of %d with %d', (...numbers) => {
    const [successes, trials, rate, expected] = numbers;

    const tail = binomialTail({ successes, trials }, rate);

    expect(distance(tail, expected)).toBeLessThan(1e-9);
  });
});
