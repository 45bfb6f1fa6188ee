const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * The upper bounds, in seconds and rising, of the buckets that waits and responses are counted in:
 * from 10 ms to 30 days, each about 1.25 times the one before. Among them are the default deadlines,
 * 30 minutes and 24 hours. They never change, as what is counted already stays where it is.
 */
export const DURATION_BOUNDS_SECONDS: readonly number[] = [
  ...[0.01, 0.013, 0.016, 0.02, 0.025, 0.032, 0.04, 0.05, 0.063, 0.08],
  ...[0.1, 0.13, 0.16, 0.2, 0.25, 0.32, 0.4, 0.5, 0.63, 0.8],
  ...[1, 1.3, 1.6, 2, 2.5, 3.2, 4, 5, 6.3, 8, 10, 13, 16, 20, 25, 32, 40, 50],
  ...[1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50].map((x) => x * MINUTE),
  ...[1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12, 15, 18].map((x) => x * HOUR),
  ...[1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30].map((x) => x * DAY),
];

/** The first bound that is not below a duration; one that is longer than the last stays as it is. */
export function toBound(seconds: number): number {
  let [low, high] = [0, DURATION_BOUNDS_SECONDS.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((DURATION_BOUNDS_SECONDS[middle] ?? seconds) < seconds) low = middle + 1;
    else high = middle;
  }
  return DURATION_BOUNDS_SECONDS[low] ?? seconds;
}
