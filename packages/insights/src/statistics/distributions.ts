import { lowerBeta, upperGamma } from './special-functions';

/** How likely a standard normal value is above z. */
export function normalTail(z: number): number {
  const half = upperGamma(0.5, (z * z) / 2) / 2;
  return z >= 0 ? half : 1 - half;
}

/** How likely a standard normal value is as far from 0 as z, or farther. */
export function normalTwoSided(z: number): number {
  return upperGamma(0.5, (z * z) / 2);
}

/** The value below which a standard normal one is with this probability. */
export function normalQuantile(probability: number): number {
  if (probability > 0.5) return -normalQuantile(1 - probability);
  let low = -40;
  let high = 0;
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2;
    if (normalTail(-middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** How likely a chi-square value with these degrees of freedom is above x. */
export function chiSquareTail(x: number, degrees: number): number {
  return upperGamma(degrees / 2, x / 2);
}

/** How likely a value of Student's t with these degrees of freedom is above t. */
export function studentTail(t: number, degrees: number): number {
  const half = lowerBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
  return t >= 0 ? half : 1 - half;
}

/** How likely a value of Student's t is as far from 0 as t, or farther. */
export function studentTwoSided(t: number, degrees: number): number {
  return lowerBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/** How many of the trials. */
export interface Trials {
  readonly successes: number;
  readonly trials: number;
}

/** How likely that many successes or more are, where each trial succeeds with this probability. */
export function binomialTail({ successes, trials }: Trials, probability: number): number {
  if (successes <= 0) return 1;
  return lowerBeta(probability, successes, trials - successes + 1);
}
