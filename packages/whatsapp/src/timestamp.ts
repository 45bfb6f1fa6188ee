import type { Timestamp } from '@turnspan/core';

/** Beyond the year 5000: not a time in seconds, whatever it is. */
const MAX_SECONDS = 100_000_000_000;

/** Reads Meta's unix seconds, which come as numbers and as strings; undefined when they are neither. */
export function parseTimestamp(value: unknown): Timestamp | undefined {
  const seconds = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof seconds !== 'number' || !(seconds >= 1) || seconds > MAX_SECONDS) return undefined;
  return Math.round(seconds * 1000);
}
