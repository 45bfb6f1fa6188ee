import { chiSquareTail } from '../numbers/distributions';
import { logGamma } from '../numbers/gamma';

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

/** Holds the users of each variant against the weights, by Pearson's chi-square test for one look. */
export function testSampleRatio(counts: readonly ExposedCount[]): SampleRatio {
  const { users, weights } = sumUp(counts);
  if (users === 0) return { statistic: 0, pValue: 1 };
  let statistic = 0;
  for (const { weight, exposed } of counts) {
    const expected = (users * weight) / weights;
    statistic += (exposed - expected) ** 2 / expected;
  }
  return { statistic, pValue: chiSquareTail(statistic, counts.length - 1) };
}

/** How close to the weights the shares are where they are wrong: the sum of the Dirichlet's parameters. */
const CONCENTRATION = 1000;

/**
 * Gives the p-value of users who are shared out by the weights that holds however often one looks:
 * how well the weights explain the users, against all shares near them.
 */
export function sampleRatioPValue(counts: readonly ExposedCount[]): number {
  const { users, weights } = sumUp(counts);
  if (users === 0) return 1;
  let evidence = logGamma(CONCENTRATION) - logGamma(CONCENTRATION + users);
  for (const { weight, exposed } of counts) {
    const share = weight / weights;
    const prior = CONCENTRATION * share;
    evidence += logGamma(prior + exposed) - logGamma(prior) - exposed * Math.log(share);
  }
  return Math.min(1, Math.exp(-evidence));
}

function sumUp(counts: readonly ExposedCount[]): { users: number; weights: number } {
  const users = counts.reduce((sum, { exposed }) => sum + exposed, 0);
  const weights = counts.reduce((sum, { weight }) => sum + weight, 0);
  return { users, weights };
}
