import { type Timestamp, TurnspanError } from '@turnspan/core';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { JournalTables } from '../tables';
import { nextMacrotask } from '../timer';
import { HOUR_COLUMNS } from './hour-columns';
import type { HourTable, HourTables } from './hour-rows';

const HOUR_MS = 3_600_000;

/** Rows that are read at once, more or less: few enough that the bot does not notice the pause. */
const PAGE_ROWS = 2000;

const COMMON: ReadonlySet<string> = new Set([
  'flow',
  'version',
  'variant',
  'channel',
  'line',
  'template',
]);

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
}

/** Throws at a period that cannot be read. */
export function checkHoursQuery({ since, until, stepMs = HOUR_MS }: HoursQuery): void {
  const isWhole = Number.isSafeInteger(stepMs / HOUR_MS) && stepMs > 0;
  if (!isWhole) throw refuse('stepMs', 'whole hours in milliseconds, from one up', stepMs);
  for (const [name, value] of [['since', since] as const, ['until', until] as const]) {
    if (!Number.isFinite(value)) throw refuse(name, 'a time in milliseconds', value);
  }
}

/** Reads the sums of a period from its beginning to its end, a few at a time. */
export async function readHours<T extends HourTable>(
  reader: Kysely<JournalTables>,
  table: T,
  query: HoursQuery,
): Promise<readonly HourTables[T][]> {
  const { until, stepMs = HOUR_MS } = query;
  const since = Math.ceil(query.since);
  const rows: HourTables[T][] = [];
  let steps = 1;
  let from = await findNext(reader, table, { since, until });
  while (from !== undefined) {
    const start = since + Math.floor((from - since) / stepMs) * stepMs;
    const end = Math.min(start + steps * stepMs, until);
    const page = await readPage(reader, table, { ...query, since: start, until: end });
    for (const row of page) rows.push(row);
    steps = resize(steps, page.length);
    from = await findNext(reader, table, { since: end, until });
    await nextMacrotask();
  }
  return rows;
}

/** How many steps to read next, after so many that had so many rows. */
function resize(steps: number, rows: number): number {
  if (rows > PAGE_ROWS) return Math.max(1, Math.floor(steps / 2));
  return rows < PAGE_ROWS / 2 ? steps * 2 : steps;
}

/** The first hour that there is anything of. */
async function findNext(
  reader: Kysely<JournalTables>,
  table: HourTable,
  { since, until }: HoursQuery,
): Promise<Timestamp | undefined> {
  const first = await reader
    .selectFrom(table as 'visit_hours')
    .select('hour')
    .where('hour', '>=', since)
    .where('hour', '<', until)
    .orderBy('hour')
    .limit(1)
    .executeTakeFirst();
  return first?.hour;
}

async function readPage<T extends HourTable>(
  reader: Kysely<JournalTables>,
  table: T,
  { since, until, flow, stepMs = HOUR_MS }: HoursQuery,
): Promise<readonly HourTables[T][]> {
  const { name, sums } = HOUR_COLUMNS[table as 'visit_hours'];
  const isHour = stepMs === HOUR_MS;
  const [start, step] = [sql.lit(since), sql.lit(stepMs)];
  const hour = isHour
    ? sql<number>`hour`
    : sql<number>`${start} + (hour - ${start}) / ${step} * ${step}`;
  const names = name.map((column) => sql.ref<string>(column));
  const values = sums.map((column) => (isHour ? sql.ref(column) : sql`sum(${sql.ref(column)})`));
  const columns = [...name, ...sums];
  let rows = reader
    .selectFrom(table as 'visit_hours')
    .select(hour.as('hour'))
    .select([...names, ...values].map((value, index) => value.as(columns[index] ?? '')))
    .where('hour', '>=', since)
    .where('hour', '<', until);
  if (flow !== undefined) rows = rows.where('flow', '=', flow);
  if (!isHour) rows = rows.groupBy([...sortByVariety(name), hour]);
  return (await rows.orderBy(sql`1`).execute()) as unknown as readonly HourTables[T][];
}

/** What most rows have in common comes last: SQLite sorts to group, and compares less so. */
function sortByVariety(names: readonly string[]): readonly RawBuilder<string>[] {
  const isCommon = (name: string) => COMMON.has(name);
  const own = names.filter((name) => !isCommon(name));
  return [...own, ...names.filter(isCommon)].map((name) => sql.ref<string>(name));
}

function refuse(name: string, expected: string, value: unknown): TurnspanError {
  const detail = `Expected \`${name}\` of the sums to be ${expected}, got ${String(value)}.`;
  return new TurnspanError('OPTION_INVALID', { detail });
}
