import type { Timestamp } from '@turnspan/core';
import { type CalendarOptions, type Day, toDay } from './calendar';
import { groupBy } from './places';

/** How many of how many on a day. */
export interface DailyCount {
  readonly day: Day;
  readonly count: number;
  readonly total: number;
}

/** One number for a day. */
export interface DailyValue {
  readonly day: Day;
  readonly value: number;
}

/** Something that has a time and can be counted. */
export interface HourlyCount {
  readonly hour: Timestamp;
  readonly count: number;
  readonly total: number;
}

/** Adds up hours to days, oldest first; days without anything are left out. */
export function toDailyCounts(
  hours: Iterable<HourlyCount>,
  calendar: CalendarOptions = {},
): readonly DailyCount[] {
  const days = groupBy(hours, ({ hour }) => toDay(hour, calendar));
  return [...days]
    .map(([day, rows]) => ({
      day,
      count: rows.reduce((sum, { count }) => sum + count, 0),
      total: rows.reduce((sum, { total }) => sum + total, 0),
    }))
    .sort((a, b) => a.day - b.day);
}

/** The rate of each day on which there was something to divide by. */
export function toDailyRates(days: readonly DailyCount[]): readonly DailyValue[] {
  return days
    .filter(({ total }) => total > 0)
    .map(({ day, count, total }) => ({ day, value: count / total }));
}
