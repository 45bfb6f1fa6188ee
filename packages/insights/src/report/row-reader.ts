import type { Timestamp } from '@turnspan/core';
import type { HourTable, HourTables } from '@turnspan/journal';
import { DAY_MS, HOUR_MS, type ReportPeriod, type ReportQuery, type RowSource } from './row-source';

/** A week, and the four weeks before it. */
export const PAST_DAYS = 36;

/** Tables, parts of tables and other steps of a report. */
const STEPS = 16;

interface ReaderOptions {
  readonly period: ReportQuery;
  readonly onProgress: (done: number) => void;
}

/** Reads parts of tables, and tells how far it is. */
export class RowReader {
  readonly period: ReportQuery;
  readonly byDaysFrom: Timestamp;
  readonly #source: RowSource;
  readonly #onProgress: (done: number) => void;
  #done = 0;

  constructor(source: RowSource, { period, onProgress }: ReaderOptions) {
    this.period = period;
    this.byDaysFrom = toDaysBegin(period);
    this.#source = source;
    this.#onProgress = onProgress;
  }

  read<T extends HourTable>(
    table: T,
    query: Parameters<RowSource['hours']>[1],
  ): Promise<readonly HourTables[T][]> {
    const isNothing = query.until <= query.since;
    return this.step(async () => (isNothing ? [] : this.#source.hours(table, query)));
  }

  /** In one sum. */
  readPeriod<T extends HourTable>(
    table: T,
    period: ReportQuery,
    merged: readonly string[],
  ): Promise<readonly HourTables[T][]> {
    const { since, until } = period;
    return this.read(table, { ...period, merged, stepMs: Math.max(HOUR_MS, until - since) });
  }

  /** Day by day, as far back as days make a difference. */
  readDays<T extends HourTable>(
    table: T,
    merged: readonly string[],
  ): Promise<readonly HourTables[T][]> {
    const { until, flow } = this.period;
    return this.read(table, { since: this.byDaysFrom, until, flow, merged, stepMs: DAY_MS });
  }

  /** The same with what was before in one sum. */
  async readAll<T extends HourTable>(
    table: T,
    merged: readonly string[],
  ): Promise<readonly HourTables[T][]> {
    const earlier = { ...this.period, until: this.byDaysFrom };
    return [
      ...(await this.readPeriod(table, earlier, merged)),
      ...(await this.readDays(table, merged)),
    ];
  }

  async step<T>(run: () => Promise<T>): Promise<T> {
    const result = await run();
    this.#done += 1;
    this.#onProgress(this.#done / STEPS);
    return result;
  }
}

/** Days begin as the period does, as far back as what is held against the past needs. */
function toDaysBegin({ since, until }: ReportPeriod): Timestamp {
  return since + Math.floor((until - PAST_DAYS * DAY_MS - since) / DAY_MS) * DAY_MS;
}
