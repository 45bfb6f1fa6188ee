import type { HrTime } from '@opentelemetry/api';
import type { Timestamp } from '@turnspan/core';

/**
 * Converts to the one form of time that OpenTelemetry never reinterprets: a number smaller than
 * the age of the process is taken for a reading of `performance.now()`. A double holds today's
 * milliseconds to about a quarter of a microsecond, so microseconds are as exact as it gets.
 */
export function toHrTime(at: Timestamp): HrTime {
  const micros = Math.round(at * 1000);
  const seconds = Math.floor(micros / 1e6);
  return [seconds, (micros - seconds * 1e6) * 1000];
}
