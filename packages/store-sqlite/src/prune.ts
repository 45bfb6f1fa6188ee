import type { Timestamp } from '@turnspan/core';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { JournalTables } from './tables';
import { nextMacrotask } from './timer';

/** Rows that one statement deletes: few enough that the bot does not notice the pause. */
const BATCH = 500;

/** What is old, table by table; facts never are. */
const AGED: readonly (readonly [table: keyof JournalTables, time: string])[] = [
  ['visits', 'at'],
  ['journeys', 'at'],
  ['responses', 'at'],
  ['preference_changes', 'at'],
  ['quality_events', 'at'],
  ['quality_observations', 'to_at'],
  ['delivery_hours', 'hour'],
];

/** Deletes what is older than this, a few rows at a time, and says how many those were. */
export async function pruneBefore(
  database: Kysely<JournalTables>,
  cutoff: Timestamp,
): Promise<number> {
  let pruned = 0;
  for (const [table, time] of AGED) {
    const old = sql`select rowid from ${sql.table(table)} where ${sql.ref(time)} < ${cutoff}`;
    pruned += await deleteInBatches(database, table, old);
  }
  return pruned + (await deleteInBatches(database, 'quality_changes', outdatedChanges(cutoff)));
}

/** What was in force at the cutoff stays, so that the timeline from there on is whole. */
function outdatedChanges(cutoff: Timestamp): RawBuilder<unknown> {
  return sql`
    select old.rowid from quality_changes as old where old.at < ${cutoff} and exists (
      select 1 from quality_changes as next
      where next.kind = old.kind and next.subject = old.subject
        and next.attribute = old.attribute and next."key" = old."key"
        and next.at > old.at and next.at <= ${cutoff})`;
}

async function deleteInBatches(
  database: Kysely<JournalTables>,
  table: keyof JournalTables,
  rows: RawBuilder<unknown>,
): Promise<number> {
  let deleted = 0;
  for (;;) {
    const batch = sql`delete from ${sql.table(table)} where rowid in (${rows} limit ${BATCH})`;
    const { numAffectedRows = 0n } = await batch.execute(database);
    deleted += Number(numAffectedRows);
    if (numAffectedRows < BATCH) return deleted;
    await nextMacrotask();
  }
}
