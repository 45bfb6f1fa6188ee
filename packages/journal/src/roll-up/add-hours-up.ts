import type { Timestamp } from '@turnspan/core';
import {
  type AliasedRawBuilder,
  type Kysely,
  type RawBuilder,
  type SelectQueryBuilder,
  sql,
} from 'kysely';
import type { JournalTables } from '../tables';
import { HOUR_COLUMNS } from './hour-columns';
import type { HourTable, HourTables } from './hour-rows';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The names that are numbers. */
const NUMBERS: ReadonlySet<string> = new Set(['seconds', 'first', 'last', 'confused']);

/** Of which period to read the sums, and how finely. */
export interface HoursQuery {
  /** Hours that began then or later. */
  readonly since: Timestamp;
  /** Hours that began before. */
  readonly until: Timestamp;
  /**
   * Of this flow only; what has none is left out.
   * @default of all
   */
  readonly flow?: string | undefined;
  /**
   * So many milliseconds are added up to one row, whose hour is then when they began, counted from
   * `since`: with the beginning of a day and a day, days in any time zone.
   * @default one hour
   */
  readonly stepMs?: number | undefined;
  /**
   * Columns that make no difference, such as `version`: rows that differ only in them are added up,
   * and the columns come empty, or as 0 if they are numbers. The fewer differ, the faster it is.
   * @default all make a difference
   */
  readonly merged?: readonly string[] | undefined;
}

/** Reads the sums of a period at once, ordered by hour. */
export async function addHoursUp<T extends HourTable>(
  reader: Kysely<JournalTables>,
  table: T,
  query: HoursQuery,
): Promise<readonly HourTables[T][]> {
  const { since, stepMs = HOUR_MS, merged = [] } = query;
  const columns = toColumns(table, merged);
  const hours = selectHours(reader, table, query);
  const isStored = stepMs === HOUR_MS && merged.length === 0;
  const add = (rows: Hours, step: number) => addUp(rows, { columns, since, stepMs: step });
  const days = () => reader.selectFrom(add(hours, DAY_MS).as('days')) as unknown as Hours;
  const sums = goesByDays(query) ? add(days(), stepMs) : add(hours, stepMs);
  const rows = isStored ? hours.select([sql.ref('hour').as('hour'), ...columns.stored]) : sums;
  return (await rows.orderBy(sql`1`).execute()) as unknown as readonly HourTables[T][];
}

/** Which table it is makes no difference to the statement, only to types that are not used here. */
type Hours = SelectQueryBuilder<JournalTables, 'visit_hours', object>;

function selectHours(
  reader: Kysely<JournalTables>,
  table: HourTable,
  { since, until, flow }: HoursQuery,
): Hours {
  const hours = reader
    .selectFrom(table as 'visit_hours')
    .where('hour', '>=', since)
    .where('hour', '<', until);
  return flow === undefined ? hours : hours.where('flow', '=', flow);
}

/**
 * SQLite sorts to group. Rows lie by hour, so that a day is nearly sorted already; for steps that are
 * longer, to add days up first takes half as long.
 */
function goesByDays({ since, until, stepMs = HOUR_MS }: HoursQuery): boolean {
  return stepMs > DAY_MS && (stepMs % DAY_MS === 0 || until - since <= stepMs);
}

interface Columns {
  /** Each name and sum as it is stored. */
  readonly stored: readonly AliasedRawBuilder<unknown, string>[];
  /** What makes a difference, in the order in which rows lie. */
  readonly names: readonly RawBuilder<unknown>[];
  /** Each name, empty where it makes no difference, and the sum of each sum. */
  readonly added: readonly AliasedRawBuilder<unknown, string>[];
}

function toColumns(table: HourTable, merged: readonly string[]): Columns {
  const { name, sums }: { readonly name: readonly string[]; readonly sums: readonly string[] } =
    HOUR_COLUMNS[table];
  const toName = (column: string) =>
    merged.includes(column) ? sql.lit(NUMBERS.has(column) ? 0 : '') : sql.ref(column);
  return {
    stored: [...name, ...sums].map((column) => sql.ref(column).as(column)),
    names: name.filter((column) => !merged.includes(column)).map((column) => sql.ref(column)),
    added: [
      ...name.map((column) => toName(column).as(column)),
      ...sums.map((column) => sql`sum(${sql.ref(column)})`.as(column)),
    ],
  };
}

function addUp(
  rows: Hours,
  { columns, since, stepMs }: { columns: Columns; since: Timestamp; stepMs: number },
): Hours {
  const [start, step] = [sql.lit(since), sql.lit(stepMs)];
  const isHour = stepMs === HOUR_MS;
  const hour = isHour ? sql`hour` : sql`${start} + (hour - ${start}) / ${step} * ${step}`;
  return rows.select([hour.as('hour'), ...columns.added]).groupBy([hour, ...columns.names]);
}
