import { chiSquareTail } from '../numbers/distributions';

/** A variant's share of the weights, and how many users were exposed to it. */
export interface ExposedCount {
  readonly weight: number;
  readonly exposed: number;
}

/** Whether users were shared out as the weights say. */
export interface SampleRatio {
  readonly statistic: number;
  readonly pValue: number;
}

/** Holds the users of each variant against the weights, by Pearson's chi-square test. */
export function testSampleRatio(counts: readonly ExposedCount[]): SampleRatio {
  const users = counts.reduce((sum, { exposed }) => sum + exposed, 0);
  const weights = counts.reduce((sum, { weight }) => sum + weight, 0);
  if (users === 0) return { statistic: 0, pValue: 1 };
  let statistic = 0;
  for (const { weight, exposed } of counts) {
    const expected = (users * weight) / weights;
    statistic += (exposed - expected) ** 2 / expected;
  }
  return { statistic, pValue: chiSquareTail(statistic, counts.length - 1) };
}
