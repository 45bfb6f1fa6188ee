import type { Timestamp } from '@turnspan/core';

const HOUR_MS = 3_600_000;

/** A time as the journal keeps it: inside a turn times have fractions of a millisecond. */
export function toWholeMs(at: Timestamp): Timestamp {
  return Math.round(at);
}

/** When the hour of a time began. */
export function toHour(at: Timestamp): Timestamp {
  return Math.floor(at / HOUR_MS) * HOUR_MS;
}
