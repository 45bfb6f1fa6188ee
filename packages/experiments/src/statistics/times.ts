import { boundDifference, UNKNOWN } from './proportions';
import type { SequenceOptions } from './sequence';

/** What is kept of many durations: how many, and the mean and variance of their logarithms. */
export interface LogTimes {
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
}

/** How many times as long the variant takes, with the bounds that hold however often one looks. */
export interface TimeRatio {
  readonly ratio: number;
  readonly lower: number;
  readonly upper: number;
  readonly pValue: number;
}

/** Durations of nothing have no logarithm; a clock in milliseconds means this at most. */
const SHORTEST_MS = 1;

/** Sums up durations in milliseconds on the log scale. */
export function summarizeTimes(timesMs: Iterable<number>): LogTimes {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const timeMs of timesMs) {
    const logarithm = Math.log(Math.max(SHORTEST_MS, timeMs));
    const deviation = logarithm - mean;
    count += 1;
    mean += deviation / count;
    squares += deviation * (logarithm - mean);
  }
  return { count, mean, variance: squares / (count - 1) };
}

/** Compares the geometric means of durations that have all ended. */
export function compareTimes(
  control: LogTimes,
  variant: LogTimes,
  options: SequenceOptions = {},
): TimeRatio {
  const { difference, lower, upper, pValue } = compareLogarithms(control, variant, options);
  return { ratio: Math.exp(difference), lower: Math.exp(lower), upper: Math.exp(upper), pValue };
}

function compareLogarithms(
  control: LogTimes,
  variant: LogTimes,
  options: SequenceOptions,
): typeof UNKNOWN {
  if (Math.min(control.count, variant.count) < 2) return UNKNOWN;
  const squaredError = control.variance / control.count + variant.variance / variant.count;
  if (squaredError === 0) return UNKNOWN;
  const count = control.count + variant.count;
  return boundDifference(variant.mean - control.mean, { count, squaredError }, options);
}
