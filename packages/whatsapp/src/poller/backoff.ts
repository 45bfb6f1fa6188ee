const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** How long to wait between tries. */
export interface BackoffOptions {
  /** How many tries failed so far, from 1. */
  readonly failures: number;
  /** Too many calls: a rolling hour has to pass, so seconds are of no use. */
  readonly isThrottled: boolean;
  /** A number from 0 up to 1. */
  readonly random: () => number;
}

/** Exponential backoff with full jitter: any time up to a limit that doubles, and that has an end. */
export function toBackoffMs({ failures, isThrottled, random }: BackoffOptions): number {
  const [baseMs, capMs] = isThrottled ? [MINUTE, 15 * MINUTE] : [2 * SECOND, 5 * MINUTE];
  // Beyond 2^20 the cap has long won, and the power need not grow further.
  return Math.round(random() * Math.min(capMs, baseMs * 2 ** Math.min(failures - 1, 20)));
}
