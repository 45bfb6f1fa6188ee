import type { Timestamp } from '@turnspan/core';

/** A day of the calendar, as its number since 1 January 1970. */
export type Day = number;

/** Whose calendar it is. */
export interface CalendarOptions {
  /**
   * How far the clock on the wall is ahead of UTC. Days of a summer time are one hour off.
   * @default 0
   */
  readonly utcOffsetMinutes?: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The day a moment belongs to. */
export function toDay(at: Timestamp, { utcOffsetMinutes = 0 }: CalendarOptions = {}): Day {
  return Math.floor((at + utcOffsetMinutes * MINUTE_MS) / DAY_MS);
}

/** The hour of the day a moment belongs to, 0 to 23. */
export function toHourOfDay(at: Timestamp, { utcOffsetMinutes = 0 }: CalendarOptions = {}): number {
  const local = at + utcOffsetMinutes * MINUTE_MS;
  return Math.floor(local / HOUR_MS) - 24 * Math.floor(local / DAY_MS);
}

/** When a day begins. */
export function toTimestamp(day: Day, { utcOffsetMinutes = 0 }: CalendarOptions = {}): Timestamp {
  return day * DAY_MS - utcOffsetMinutes * MINUTE_MS;
}

/** The day of the week, 0 for Sunday to 6 for Saturday. */
export function toWeekday(day: Day): number {
  return (((day + 4) % 7) + 7) % 7;
}
