import { type Timestamp, TurnspanError } from '@turnspan/core';
import type { Kysely } from 'kysely';
import type { JournalTables } from '../tables';
import { nextMacrotask } from '../timer';
import { addHoursUp, type HoursQuery } from './add-hours-up';
import { HOUR_COLUMNS } from './hour-columns';
import type { HourTable, HourTables } from './hour-rows';

const HOUR_MS = 3_600_000;

/** Rows that are read at once, more or less: few enough that the bot does not notice the pause. */
const PAGE_ROWS = 2000;

/** Throws at a period that cannot be read, and at columns that the table does not have. */
export function checkHoursQuery(table: HourTable, query: HoursQuery): void {
  const { since, until, stepMs = HOUR_MS, merged = [] } = query;
  const isWhole = Number.isSafeInteger(stepMs / HOUR_MS) && stepMs > 0;
  if (!isWhole) throw refuse('stepMs', 'whole hours in milliseconds, from one up', stepMs);
  for (const [name, value] of [['since', since] as const, ['until', until] as const]) {
    if (!Number.isFinite(value)) throw refuse(name, 'a time in milliseconds', value);
  }
  const { name: names }: { readonly name: readonly string[] } = HOUR_COLUMNS[table];
  const unknown = merged.find((name) => !names.includes(name));
  if (unknown !== undefined) throw refuse('merged', `of ${names.join(', ')}`, unknown);
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
    const page = await addHoursUp(reader, table, { ...query, since: start, until: end });
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

function refuse(name: string, expected: string, value: unknown): TurnspanError {
  const detail = `Expected \`${name}\` of the sums to be ${expected}, got ${String(value)}.`;
  return new TurnspanError('OPTION_INVALID', { detail });
}
