import { comparePosterior, expectedGain, probabilityGreater } from '@turnspan/experiments';

describe('the posterior', () => {
  // tests/test_beta.py of cprior: the probability that the second is greater than the first.
  it.each([
    [10, 50, 60, 250, 0.70889192],
    [600, 550, 52, 60, 0.1223144258],
    [1000, 900, 1200, 1000, 0.8898254504],
    [1000, 900, 1200, 800, 0.9999982656],
    [100, 90, 100, 90, 0.5],
    [40, 60, 70, 90, 0.7262717462],
  ])(
    'of Beta(%d, %d) and Beta(%d, %d) has the probability of cprior',
    (...[a, b, c, d, expected]) => {
      const [first, second] = [
        { alpha: a, beta: b },
        { alpha: c, beta: d },
      ];

      expect(probabilityGreater(second, first)).toBeCloseTo(expected, 9);
      expect(probabilityGreater(first, second)).toBeCloseTo(1 - expected, 9);
    },
  );

  it('has the expected losses of cprior', () => {
    const [first, second] = [
      { alpha: 40, beta: 60 },
      { alpha: 70, beta: 90 },
    ];

    expect(expectedGain(second, first)).toBeCloseTo(0.0481119843, 9);
    expect(expectedGain(first, second)).toBeCloseTo(0.0106119843, 9);
  });

  it('starts from a uniform prior', () => {
    const posterior = comparePosterior({ users: 98, reached: 39 }, { users: 158, reached: 69 });

    expect(posterior.probabilityBetter).toBeCloseTo(0.7262717462, 9);
    expect(posterior.lossOfControl).toBeCloseTo(0.0481119843, 9);
    expect(posterior.lossOfVariant).toBeCloseTo(0.0106119843, 9);
  });

  it('keeps its digits with a million users', () => {
    const control = { users: 1_000_000, reached: 500_000 };

    const { probabilityBetter, lossOfControl, lossOfVariant } = comparePosterior(control, control);

    // Two equal and nearly normal posteriors differ by sd √2 · 0.0005, and half of that is gained.
    expect(probabilityBetter).toBeCloseTo(0.5, 8);
    expect(lossOfControl).toBeCloseTo((Math.SQRT2 * 0.0005) / Math.sqrt(2 * Math.PI), 8);
    expect(lossOfVariant).toBeCloseTo(lossOfControl, 8);
  });

  it.each([
    ['nobody', 0, 0, 0.5],
    ['one success against one failure', 1, 1, 5 / 6],
  ])('is right with %s', (...[, users, reached, expected]) => {
    const { probabilityBetter } = comparePosterior({ users, reached: 0 }, { users, reached });

    expect(probabilityBetter).toBeCloseTo(expected, 12);
  });
});
