import type { Timestamp } from '@turnspan/core';
import type { Journal } from '@turnspan/journal';

/** From when to when; the end itself is not part of it. */
export interface ReportPeriod {
  readonly since: Timestamp;
  readonly until: Timestamp;
}

/** Where rows are read from; every journal is one. */
export type RowSource = Pick<Journal, 'hours' | 'countedSince' | 'visitsOf' | 'rows' | 'timeline'>;

/** What a report is about. */
export interface ReportQuery extends ReportPeriod {
  /** @default all flows */
  readonly flow?: string | undefined;
}

export const HOUR_MS = 3_600_000;
export const DAY_MS: number = 24 * HOUR_MS;

/** The days of a period, which begin when it begins; what is left of the last one is in no day. */
export interface PeriodDays {
  readonly utcOffsetMinutes: number;
  /** How many are over. */
  readonly days: number;
  /** When the last of them was over. */
  readonly end: Timestamp;
}

/** Makes whole hours of a period, so that no hour is cut in two. */
export function toWholeHours<T extends ReportPeriod>(period: T): T {
  const since = Math.floor(period.since / HOUR_MS) * HOUR_MS;
  return { ...period, since, until: Math.ceil(period.until / HOUR_MS) * HOUR_MS };
}

/** Counts the days of a period. */
export function toPeriodDays({ since, until }: ReportPeriod): PeriodDays {
  const days = Math.floor((until - since) / DAY_MS);
  return { utcOffsetMinutes: -(since % DAY_MS) / 60_000, days, end: since + days * DAY_MS };
}
