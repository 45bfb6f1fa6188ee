import fc from 'fast-check';
import { compareSurvival } from '../../src/statistics/log-rank';
import {
  estimateSurvival,
  findSurvivalMedian,
  findSurvivalStep,
  type SurvivalObservation,
} from '../../src/statistics/survival';
import { expectFound } from '../support/expect-found';
import { FREIREICH } from '../support/freireich';

/**
 * Freireich's 6-MP group. At risk and standard error to four decimals as in Kleinbaum & Klein, Survival
 * Analysis (2012), ch. 2; curve and intervals by SciPy 1.17.1 (ecdf with CensoredData).
 */
const MERCAPTOPURINE = [
  [6, 21, 0.857142857143, 0.0764, 0.707479311825, 1, 0.619717955266, 0.951551747647],
  [7, 17, 0.806722689076, 0.0869, 0.636332661137, 0.977112717014, 0.563146564622, 0.922809019203],
  [10, 15, 0.752941176471, 0.0963, 0.564099326679, 0.941783026262, 0.5031995108, 0.889361835169],
  [13, 12, 0.690196078431, 0.1068, 0.480843098173, 0.89954905869, 0.431610222486, 0.849065963349],
  [16, 11, 0.627450980392, 0.1141, 0.403909512191, 0.850992448593, 0.367510855988, 0.804912189472],
  [22, 7, 0.53781512605, 0.1282, 0.28648159113, 0.789148660971, 0.267778936767, 0.746790717635],
  [23, 6, 0.448179271709, 0.1346, 0.184384863841, 0.711973679577, 0.188052005959, 0.680142628495],
] as const;

const waits = fc.array(
  fc.record({
    time: fc.integer({ min: 1, max: 30 }),
    happened: fc.boolean(),
    count: fc.integer({ min: 1, max: 4 }),
  }),
  { maxLength: 40 },
);

describe('a survival curve', () => {
  it('is the published one', () => {
    const curve = estimateSurvival(FREIREICH.mercaptopurine);
    const plain = estimateSurvival(FREIREICH.mercaptopurine, { interval: 'plain' });

    expect(curve.map(({ time, atRisk }) => [time, atRisk])).toEqual(
      MERCAPTOPURINE.map(([time, atRisk]) => [time, atRisk]),
    );
    for (const [index, row] of MERCAPTOPURINE.entries()) {
      const [, , survival, error, plainLow, plainHigh, low, high] = row;
      expect(curve[index]?.survival).toBeCloseTo(survival, 9);
      expect(Math.abs((curve[index]?.standardError ?? 0) - error)).toBeLessThan(0.0001);
      // The digits that the book does not print are those of SciPy's plain interval, S − z·SE.
      const printed = (survival - plainLow) / 1.959963984540054;
      expect(curve[index]?.standardError).toBeCloseTo(printed, 9);
      expect([plain[index]?.low, plain[index]?.high]).toEqual([
        expect.closeTo(plainLow, 9),
        expect.closeTo(plainHigh, 9),
      ]);
      expect([curve[index]?.low, curve[index]?.high]).toEqual([
        expect.closeTo(low, 9),
        expect.closeTo(high, 9),
      ]);
    }
  });

  /** Venables & Ripley, Modern Applied Statistics with S (2002), ch. 13, data set gehan, log-log. */
  it.each([
    ['mercaptopurine', { value: 23, low: 13, high: undefined }],
    ['placebo', { value: 8, low: 4, high: 11 }],
  ] as const)('has the published median for %s', (group, expected) => {
    const median = findSurvivalMedian(estimateSurvival(FREIREICH[group]));

    expect(median).toEqual(expected);
  });

  it('is the part that is left where nothing is censored', () => {
    const times = [3, 1, 4, 1, 5, 9, 2, 6];

    const curve = estimateSurvival(times.map((time) => ({ time, happened: true })));

    expect(findSurvivalStep(curve, 0.5)).toBeUndefined();
    expect(findSurvivalStep(curve, 4.5)?.survival).toBeCloseTo(3 / 8, 12);
    expect(curve.at(-1)).toMatchObject({ survival: 0, low: 0, high: 0 });
  });

  it('only falls, holds its interval, and counts as if each observation came alone', () => {
    fc.assert(
      fc.property(waits, (observations) => {
        const alone = observations.flatMap(({ count, ...each }) => Array(count).fill(each));
        const curve = estimateSurvival(observations);

        expect(estimateSurvival(alone as SurvivalObservation[])).toEqual(curve);
        for (const [index, { survival, low, high }] of curve.entries()) {
          expect(survival).toBeLessThan(curve[index - 1]?.survival ?? 1.000001);
          expect(low).toBeLessThanOrEqual(survival + 1e-12);
          expect(high).toBeGreaterThanOrEqual(survival - 1e-12);
        }
      }),
    );
  });
});

describe('the log-rank test', () => {
  it('finds what is published for the leukaemia data', () => {
    const result = expectFound(compareSurvival(FREIREICH.mercaptopurine, FREIREICH.placebo));

    // O and E as in Kleinbaum & Klein, ch. 2; the statistic and its p by SciPy 1.17.1 (logrank).
    expect(result.observed).toEqual([9, 21]);
    expect(result.expected).toEqual([expect.closeTo(19.25, 2), expect.closeTo(10.75, 2)]);
    expect(result.chiSquare).toBeCloseTo(16.792940989216536, 9);
    expect(result.p).toBeCloseTo(4.168809109334529e-5, 12);
  });

  it('finds no difference between a group and itself', () => {
    const result = expectFound(compareSurvival(FREIREICH.placebo, FREIREICH.placebo));

    expect(result.chiSquare).toBeCloseTo(0, 12);
    expect(result.p).toBeCloseTo(1, 6);
  });

  it('says nothing of nobody', () => {
    const answer = compareSurvival([], FREIREICH.placebo);

    expect(answer.kind).toBe('not_enough_data');
  });
});
