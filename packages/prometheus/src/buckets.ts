/** Upper bounds of the histograms, by what they measure; at most 14 each, as every one is a series. */
const BOUNDS = {
  processing: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  response: [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600],
  waiting: [1, 2, 5, 10, 30, 60, 120, 300, 900, 1800, 3600, 10_800, 28_800, 86_400],
  delivery: [0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 3600, 14_400, 43_200, 86_400],
  journey: [1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600, 14_400, 86_400, 259_200, 604_800],
  turns: [1, 2, 3, 5, 8, 13, 21, 34, 55],
} as const;

/** What a histogram measures, as far as the choice of its bounds goes. */
export type BucketScale = keyof typeof BOUNDS;

/** Upper bounds of the buckets of each scale, in ascending order and without `+Inf`. */
export const BUCKETS: Readonly<Record<BucketScale, readonly number[]>> = BOUNDS;
