import { logGamma } from '../numbers/gamma';
import type { Proportion } from './proportions';

/** A Beta distribution of a rate; both are whole numbers from 1 up. */
export interface BetaShape {
  readonly alpha: number;
  readonly beta: number;
}

/** What the data make of two rates about which nothing was known before. */
export interface Posterior {
  /** How likely the variant's rate is the higher one. */
  readonly probabilityBetter: number;
  /** How much rate one loses on average by taking the variant, where the control is better. */
  readonly lossOfVariant: number;
  /** How much rate one loses on average by staying with the control, where the variant is better. */
  readonly lossOfControl: number;
}

/** Gives the posterior of a control and a variant, exactly, from a uniform prior of each rate. */
export function comparePosterior(control: Proportion, variant: Proportion): Posterior {
  const [a, b] = [toShape(control), toShape(variant)];
  return {
    probabilityBetter: probabilityGreater(b, a),
    lossOfVariant: expectedGain(a, b),
    lossOfControl: expectedGain(b, a),
  };
}

/** Gives how likely a rate of the first distribution is greater than one of the second. */
export function probabilityGreater(first: BetaShape, second: BetaShape): number {
  const terms = [first.alpha, first.beta, second.alpha, second.beta];
  const fewest = Math.min(...terms);
  if (fewest === first.alpha) return sumTerms(second, first);
  if (fewest === second.beta) return sumTerms(turn(first), turn(second));
  if (fewest === second.alpha) return 1 - sumTerms(first, second);
  return 1 - sumTerms(turn(second), turn(first));
}

/** Gives the mean of what the first rate is greater by, counted as 0 where it is not. */
export function expectedGain(first: BetaShape, second: BetaShape): number {
  const gain = toMean(first) * probabilityGreater(raise(first), second);
  return Math.max(0, gain - toMean(second) * probabilityGreater(first, raise(second)));
}

/** Miller's sum for P(b > a), each term from the one before, so that only the first is a gamma. */
function sumTerms(a: BetaShape, b: BetaShape): number {
  const betas = a.beta + b.beta;
  let logTerm = logBeta(a.alpha, betas) - logBeta(a.alpha, a.beta);
  let sum = 0;
  for (let index = 0; index < b.alpha; index += 1) {
    sum += Math.exp(logTerm);
    const growth = (a.alpha + index) * (b.beta + index);
    logTerm += Math.log(growth / ((a.alpha + betas + index) * (index + 1)));
  }
  return Math.min(1, sum);
}

function logBeta(alpha: number, beta: number): number {
  return logGamma(alpha) + logGamma(beta) - logGamma(alpha + beta);
}

function toShape({ users, reached }: Proportion): BetaShape {
  return { alpha: reached + 1, beta: users - reached + 1 };
}

/** The distribution of all that is missing to 1. */
function turn({ alpha, beta }: BetaShape): BetaShape {
  return { alpha: beta, beta: alpha };
}

function raise({ alpha, beta }: BetaShape): BetaShape {
  return { alpha: alpha + 1, beta };
}

function toMean({ alpha, beta }: BetaShape): number {
  return alpha / (alpha + beta);
}
