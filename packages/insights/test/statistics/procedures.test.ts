import fc from 'fast-check';
import { findChangePoint, findChangePoints } from '../../src/statistics/change-point';
import { controlFalseDiscovery } from '../../src/statistics/false-discovery';
import { absorb } from '../../src/statistics/markov-chain';
import { compareByPermutation } from '../../src/statistics/permutation';
import { createRandom } from '../../src/statistics/random';
import { correlateRanks, rank } from '../../src/statistics/spearman';
import { mean } from '../../src/statistics/summary';
import { expectFound } from '../support/expect-found';
import { NILE } from '../support/nile';

describe('the control of false discoveries', () => {
  /** The example of Benjamini & Hochberg, J. R. Statist. Soc. B 57 (1995) 289–300; q by SciPy 1.17.1. */
  const PS = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
    0.6528, 0.759, 1,
  ];
  const QS = [
    0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714285714286, 0.06385714285714286, 0.0645,
    0.0765, 0.486, 0.5811818181818181, 0.714875, 0.7532307692307693, 0.8132142857142857, 1,
  ];

  it('rejects what the paper rejects', () => {
    const qs = controlFalseDiscovery(PS);

    expect(qs).toEqual(QS.map((q) => expect.closeTo(q, 9)));
    expect(qs.filter((q) => q <= 0.05)).toHaveLength(4);
  });

  it('keeps the order in which it was asked', () => {
    const qs = controlFalseDiscovery([0.5, 0.01, 0.04]);

    expect(qs).toEqual([0.5, 0.03, 0.06].map((q) => expect.closeTo(q, 12)));
  });

  it('has nothing to say about nothing', () => {
    expect(controlFalseDiscovery([])).toEqual([]);
  });
});

describe('the rank correlation', () => {
  /** Hollander & Wolfe, Nonparametric Statistical Methods (1973), p. 187: tuna; R's cor.test gives 0.6 and 0.0968. */
  const TUNA: readonly (readonly [number, number])[] = [
    [44.4, 2.6],
    [45.9, 3.1],
    [41.9, 2.5],
    [53.3, 5],
    [44.7, 3.6],
    [44.1, 4],
    [50.7, 5.2],
    [45.2, 2.8],
    [60.1, 3.8],
  ];

  it('is exact where every order can be tried', () => {
    const { rho, p } = expectFound(correlateRanks(TUNA));

    expect(rho).toBeCloseTo(0.6, 12);
    expect(p).toBeCloseTo(0.09679783950617284, 12);
  });

  it('copes with ties', () => {
    const xs = [1, 2, 2, 3, 5, 5, 5, 8, 9, 10, 11, 12];
    const ys = [2, 1, 4, 4, 3, 7, 8, 8, 8, 9, 15, 1];

    const { rho, p } = expectFound(correlateRanks(xs.map((x, index) => [x, ys[index] ?? 0])));

    // By SciPy 1.17.1 (spearmanr).
    expect(rho).toBeCloseTo(0.4884143231857918, 9);
    expect(p).toBeCloseTo(0.10715669474843822, 9);
  });

  it('shares places among equals', () => {
    expect(rank([10, 20, 10, 30, 20, 20])).toEqual([1.5, 4, 1.5, 6, 4, 4]);
  });

  it('counts days that are like the ones before as fewer', () => {
    const random = createRandom(2);
    let level = 0;
    const slow = Array.from({ length: 200 }, () => {
      level = 0.8 * level + random() - 0.5;
      return [level, level + random()] as const;
    });

    const inTime = expectFound(correlateRanks(slow, { inTime: true }));
    const alone = expectFound(correlateRanks(slow));

    expect(inTime.rho).toBe(alone.rho);
    expect(inTime.p).toBeGreaterThan(alone.p);
    expect(inTime.effectivePairs).toBeGreaterThan(40);
    expect(inTime.effectivePairs).toBeLessThan(130);
  });

  it.each([
    ['too few pairs', TUNA.slice(0, 4)],
    ['no pair', []],
    ['a series that stands still', TUNA.map(([x]) => [x, 1] as const)],
  ])('says nothing of %s', (_name, pairs) => {
    expect(correlateRanks(pairs).kind).toBe('not_enough_data');
  });
});

describe('the permutation test', () => {
  /** Survival of mice: Efron & Tibshirani, An Introduction to the Bootstrap (1993), table 2.1. */
  const TREATED = [94, 197, 16, 38, 99, 141, 23];
  const CONTROL = [52, 104, 146, 10, 51, 30, 40, 27, 46];

  it('is exact where every split can be tried', () => {
    const result = expectFound(compareByPermutation([TREATED, CONTROL]));

    expect(result.exact).toBe(true);
    expect(result.difference).toBeCloseTo(30.63, 2);
    // Of all 11 440 splits; upwards also by SciPy 1.17.1 (permutation_test).
    expect(result.p).toBeCloseTo(3184 / 11_440, 12);
    expect(result.pUp).toBeCloseTo(0.1409965034965035, 9);
  });

  it('comes close by drawing, and draws the same again', () => {
    const many = [...TREATED, ...TREATED, ...TREATED];
    const others = [...CONTROL, ...CONTROL, ...CONTROL];

    const result = expectFound(compareByPermutation([many, others], { seed: 7 }));
    const again = expectFound(compareByPermutation([many, others], { seed: 7 }));

    expect(result).toEqual(again);
    expect(result.exact).toBe(false);
    // By t = 2.07 with 46 degrees of freedom: 0.044.
    expect(Math.abs(result.p - 0.044)).toBeLessThan(0.015);
  });

  it('rejects one in twenty of what is the same', () => {
    const random = createRandom(3);
    const draw = () => Array.from({ length: 6 }, random);

    const ps = Array.from(
      { length: 400 },
      () => expectFound(compareByPermutation([draw(), draw()])).p,
    );

    const rejected = ps.filter((p) => p <= 0.05).length;
    // 20 are expected; 33 is three standard errors above.
    expect(rejected).toBeGreaterThan(7);
    expect(rejected).toBeLessThan(34);
  });

  it('needs two on each side', () => {
    expect(compareByPermutation([[1], [2, 3]])).toMatchObject({ kind: 'not_enough_data', had: 1 });
  });
});

describe('an absorbing chain', () => {
  /** The drunkard's walk: Grinstead & Snell, Introduction to Probability (1997), example 11.13 to 11.15. */
  const WALK = ['1', '2', '3'].flatMap((from) => [
    { from, to: String(Number(from) - 1), count: 5 },
    { from, to: String(Number(from) + 1), count: 5 },
  ]);

  it.each([
    ['1', [1.5, 1, 0.5], [0.75, 0.25]],
    ['2', [1, 2, 1], [0.5, 0.5]],
    ['3', [0.5, 1, 1.5], [0.25, 0.75]],
  ])('from %s is the published one', (start, visits, ends) => {
    const absorption = expectFound(absorb(WALK, start));

    expect(['1', '2', '3'].map((state) => absorption.visits.get(state))).toEqual(
      visits.map((each) => expect.closeTo(each, 9)),
    );
    expect(['0', '4'].map((state) => absorption.ends.get(state))).toEqual(
      ends.map((each) => expect.closeTo(each, 9)),
    );
  });

  it('ends somewhere for certain', () => {
    const steps = fc.array(
      fc.record({
        from: fc.constantFrom('a', 'b', 'c', 'd'),
        to: fc.constantFrom('a', 'b', 'c', 'd', 'done', 'lost'),
        count: fc.integer({ min: 1, max: 9 }),
      }),
    );
    const leaks = ['a', 'b', 'c', 'd'].map((from) => ({ from, to: 'lost', count: 1 }));

    fc.assert(
      fc.property(steps, (transitions) => {
        const { ends } = expectFound(absorb([...transitions, ...leaks], 'a'));

        expect([...ends.values()].reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 9);
      }),
    );
  });

  it.each([
    ['a start that is never left', [{ from: 'a', to: 'b', count: 1 }], 'b'],
    [
      'a circle without an end',
      [
        { from: 'a', to: 'b', count: 1 },
        { from: 'b', to: 'a', count: 1 },
      ],
      'a',
    ],
  ])('says nothing of %s', (_name, transitions, start) => {
    expect(absorb(transitions, start).kind).toBe('not_enough_data');
  });
});

describe('a change point', () => {
  it('is found in the Nile where Cobb found it', () => {
    const change = expectFound(findChangePoint(NILE));

    // Cobb, Biometrika 65 (1978) 243–251: the flow fell after 1898, the 28th year.
    expect(change.index).toBe(28);
    expect(change.before).toBeCloseTo(mean(NILE.slice(0, 28)), 12);
    expect(change.after).toBeCloseTo(849.9722, 4);
    expect(change.p).toBe(0.001);
  });

  it('is the only one in the Nile', () => {
    const changes = findChangePoints(NILE);

    expect(changes.map(({ index }) => index)).toEqual([28]);
  });

  it('is found as often as there are changes', () => {
    const random = createRandom(5);
    const series = [0, 3, 1].flatMap((level) => Array.from({ length: 30 }, () => level + random()));

    const changes = findChangePoints(series);

    expect(changes.map(({ index }) => index)).toEqual([30, 60]);
    expect(changes.map(({ before }) => Math.floor(before))).toEqual([0, 3]);
  });

  it('is seen in one of twenty series that have none', () => {
    const random = createRandom(11);
    const series = Array.from({ length: 200 }, () => Array.from({ length: 40 }, random));

    const ps = series.map((values) => expectFound(findChangePoint(values, { draws: 199 })).p);

    const rejected = ps.filter((p) => p <= 0.05).length;
    // 10 are expected; 19 is three standard errors above.
    expect(rejected).toBeGreaterThan(1);
    expect(rejected).toBeLessThan(20);
  });

  it('makes another one up beside a true one in one of twenty series', () => {
    const random = createRandom(17);
    const series = Array.from({ length: 100 }, () =>
      Array.from({ length: 50 }, (_, index) => random() + (index < 25 ? 0 : 2)),
    );

    const counts = series.map((values) => findChangePoints(values, { draws: 199 }).length);

    expect(Math.min(...counts)).toBe(1);
    expect(counts.filter((count) => count > 1).length).toBeLessThanOrEqual(11);
  });

  it('needs two stretches', () => {
    expect(findChangePoint([1, 2, 3])).toMatchObject({ kind: 'not_enough_data', needed: 10 });
  });
});
