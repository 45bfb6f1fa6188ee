import type { Timestamp } from '@turnspan/core';
import type { Kysely } from 'kysely';
import type { JournalTables } from '../tables';
import type { HourTable } from './hour-rows';

const HOUR_MS = 3_600_000;

/** These are as old as the journal, or were made of the rows that were there. */
const OLDEST: readonly HourTable[] = ['visit_hours', 'journey_hours', 'delivery_hours'];

/** Reads from when on a table of sums is whole: the first hour that began after it was made. */
export async function readCountedSince(
  reader: Kysely<JournalTables>,
  table: HourTable,
  sumsStep: number,
): Promise<Timestamp> {
  if (OLDEST.includes(table)) return 0;
  const steps = await reader
    .selectFrom('turnspan_migrations')
    .select('at')
    .where('version', 'in', [1, sumsStep])
    .orderBy('version')
    .execute();
  const [first, made] = steps;
  if (!first || !made || first.at === made.at) return 0;
  return Math.ceil(made.at / HOUR_MS) * HOUR_MS;
}
