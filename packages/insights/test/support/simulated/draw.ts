import type { Random } from '../../../src/statistics/random';

// Jest looks up a global slowly, and this is done millions of times.
const { floor, log, log1p } = Math;

/** How many of so many tries succeed: it jumps from one success to the next. */
export function drawBinomial(random: Random, trials: number, rate: number): number {
  if (rate > 0.5) return trials - drawBinomial(random, trials, 1 - rate);
  if (rate <= 0) return 0;
  const scale = log1p(-rate);
  let successes = 0;
  let trial = floor(log(1 - random()) / scale);
  while (trial < trials) {
    successes += 1;
    trial += 1 + floor(log(1 - random()) / scale);
  }
  return successes;
}

/** A standard normal number (Box–Muller). */
export function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A factor around 1. */
export function drawFactor(random: Random, spread: number): number {
  return Math.exp(spread * drawNormal(random));
}

/** A number between two. */
export function drawBetween(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}
