import { adjustHolm, sampleRatioPValue, testSampleRatio } from '@turnspan/experiments';

describe('the sample ratio', () => {
  // R 4.2.2: chisq.test;
  it.each([
    ['9 800 to 10 200', [9800, 10_200], [1, 1], 8, 0.0046777349810473],
    [
      'six that should be alike',
      [30, 14, 34, 45, 57, 20],
      [1, 1, 1, 1, 1, 1],
      37.78,
      4.1773254753e-7,
    ],
    [
      'five that should not',
      [89, 37, 30, 28, 2],
      [40, 20, 20, 15, 5],
      9.99014336918,
      0.040594043345,
    ],
  ])('of %s has the chi-square of R', (...[, exposed, weights, statistic, pValue]) => {
    const counts = exposed.map((each, index) => ({ exposed: each, weight: weights[index] ?? 0 }));

    const result = testSampleRatio(counts);

    expect(result.statistic).toBeCloseTo(statistic, 10);
    expect(result.pValue).toBeCloseTo(pValue, 12);
  });

  // SciPy 1.17.1: exp(multinomial.logpmf(x, n, p) - dirichlet_multinomial.logpmf(x, 1000 * p, n)).
  it.each([
    ['9 800 to 10 200', [9800, 10_200], [1, 1], 0.10152640869082967],
    ['10 400 to 9 600', [10_400, 9600], [1, 1], 1.1002094952719722e-6],
    ['700 to 300', [700, 300], [1, 1], 4.489697021888835e-18],
    ['six', [30, 14, 34, 45, 57, 20], [1, 1, 1, 1, 1, 1], 0.06833892245412129],
    ['five with weights', [89, 37, 30, 28, 2], [40, 20, 20, 15, 5], 0.5906663660987987],
  ])('of %s has the p-value of a Dirichlet-multinomial', (...[, exposed, weights, expected]) => {
    const counts = exposed.map((each, index) => ({ exposed: each, weight: weights[index] ?? 0 }));

    const pValue = sampleRatioPValue(counts);

    expect(pValue / expected).toBeCloseTo(1, 8);
  });

  it.each([
    ['of nobody', 0],
    ['as it should be', 20_000],
  ])('%s is no reason for doubt', (_, users) => {
    const counts = [1, 3].map((weight) => ({ weight, exposed: (users * weight) / 4 }));

    expect([testSampleRatio(counts).pValue, sampleRatioPValue(counts)]).toEqual([1, 1]);
  });
});

// R 4.2.2: p.adjust(…, 'holm').
it.each([
  [
    [0.01, 0.02, 0.03, 0.04, 0.05],
    [0.05, 0.08, 0.09, 0.09, 0.09],
  ],
  [
    [0.04, 0.001, 0.03, 0.2],
    [0.09, 0.004, 0.09, 0.2],
  ],
  [
    [0.6, 0.7],
    [1, 1],
  ],
  [[], []],
])('raises p-values %j by the rule of Holm', (pValues, expected) => {
  const adjusted = adjustHolm(pValues);

  expect(adjusted).toHaveLength(expected.length);
  for (const [index, each] of adjusted.entries()) {
    expect(each).toBeCloseTo(expected[index] ?? Number.NaN, 12);
  }
});
