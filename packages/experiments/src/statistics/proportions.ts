import { createSequence, type SequenceOptions, sequenceMargin, sequencePValue } from './sequence';

/** How many users there are, and how many of them something is true of. */
export interface Proportion {
  readonly users: number;
  readonly reached: number;
}

/** A difference, variant less control, with the bounds that hold however often one looks. */
export interface Difference {
  readonly difference: number;
  readonly lower: number;
  readonly upper: number;
  readonly pValue: number;
}

/** Gives the share of users that reached it; not a number where there are none. */
export function toRate({ users, reached }: Proportion): number {
  return reached / users;
}

/**
 * Compares two proportions by the asymptotic confidence sequence for their difference, with all
 * users of both arms as the time.
 */
export function compareProportions(
  control: Proportion,
  variant: Proportion,
  options: SequenceOptions = {},
): Difference {
  if (control.users === 0 || variant.users === 0) return UNKNOWN;
  const count = control.users + variant.users;
  const squaredError = toSquaredError(control) + toSquaredError(variant);
  return boundDifference(toRate(variant) - toRate(control), { count, squaredError }, options);
}

/** Bounds of a rate that hold however often one looks. */
export interface RateBounds {
  readonly rate: number;
  readonly lower: number;
  readonly upper: number;
}

/** Puts bounds around the rate of one arm; its time is its own users, planned to be half of those of two. */
export function boundRate(proportion: Proportion, options: SequenceOptions = {}): RateBounds {
  const { users } = proportion;
  if (users === 0) return { rate: Number.NaN, lower: 0, upper: 1 };
  const { plannedUsers = 2000 } = options;
  const { difference, lower, upper } = boundDifference(
    toRate(proportion),
    { count: users, squaredError: toSquaredError(proportion) },
    { ...options, plannedUsers: plannedUsers / 2 },
  );
  return { rate: difference, lower: Math.max(0, lower), upper: Math.min(1, upper) };
}

/** Puts bounds around a difference of means that has this squared standard error. */
export function boundDifference(
  difference: number,
  { count, squaredError }: { readonly count: number; readonly squaredError: number },
  options: SequenceOptions = {},
): Difference {
  const sequence = createSequence(options);
  const margin = Math.sqrt(count * squaredError) * sequenceMargin(count, sequence);
  const pValue = sequencePValue(difference ** 2 / squaredError, count, sequence);
  return { difference, lower: difference - margin, upper: difference + margin, pValue };
}

/** What is known of a difference when one arm is empty. */
export const UNKNOWN: Difference = {
  difference: Number.NaN,
  lower: Number.NEGATIVE_INFINITY,
  upper: Number.POSITIVE_INFINITY,
  pValue: 1,
};

/** With one more success and failure, or the first arm without any would look like a certainty. */
function toSquaredError({ users, reached }: Proportion): number {
  const rate = (reached + 1) / (users + 2);
  return (rate * (1 - rate)) / users;
}
