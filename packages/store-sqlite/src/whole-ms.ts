import type { Timestamp } from '@turnspan/core';

/** A time as the journal keeps it: inside a turn times have fractions of a millisecond. */
export function toWholeMs(at: Timestamp): Timestamp {
  return Math.round(at);
}
