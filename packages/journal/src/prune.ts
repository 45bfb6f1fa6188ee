import type { Timestamp } from '@turnspan/core';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { JournalTables } from './tables';
import { nextMacrotask } from './timer';

/** Rows that one statement deletes: few enough that the bot does not notice the pause. */
const BATCH = 500;

type AgedTable = readonly [table: keyof JournalTables, time: string];

/** What is old, table by table; facts never are. */
const ROWS: readonly AgedTable[] = [
  ['visits', 'at'],
  ['returns', 'at'],
  ['confusions', 'at'],
  ['journey_starts', 'at'],
  ['journeys', 'at'],
  ['responses', 'at'],
  ['preference_changes', 'at'],
  ['quality_events', 'at'],
  ['quality_observations', 'to_at'],
  ['delivery_hours', 'hour'],
];
const ROLL_UPS: readonly AgedTable[] = [
  ['visit_hours', 'hour'],
  ['journey_hours', 'hour'],
];

/** What is too old. */
export interface Cutoffs {
  readonly rows: Timestamp;
  /** For the sums of hours, which outlive what they count. */
  readonly rollUps: Timestamp;
}

/** Deletes what is older, a few rows at a time, and says how many those were. */
export async function pruneBefore(
  database: Kysely<JournalTables>,
  cutoffs: Cutoffs,
  /** The column by which a store finds a row again within a statement. */
  rowId: 'rowid' | 'ctid',
): Promise<number> {
  const prune = (table: keyof JournalTables, rows: RawBuilder<unknown>) =>
    deleteInBatches(database, table, { rows, rowId });
  let pruned = 0;
  for (const [table, time] of ROWS) {
    pruned += await prune(table, outdatedRows(table, { time, cutoff: cutoffs.rows, rowId }));
  }
  pruned += await prune('quality_changes', outdatedChanges(cutoffs.rows, rowId));
  for (const [table, time] of ROLL_UPS) {
    pruned += await prune(table, outdatedRows(table, { time, cutoff: cutoffs.rollUps, rowId }));
  }
  return pruned;
}

function outdatedRows(
  table: keyof JournalTables,
  { time, cutoff, rowId }: { time: string; cutoff: Timestamp; rowId: string },
): RawBuilder<unknown> {
  return sql`select ${sql.ref(rowId)} from ${sql.table(table)} where ${sql.ref(time)} < ${cutoff}`;
}

/** What was in force at the cutoff stays, so that the timeline from there on is whole. */
function outdatedChanges(cutoff: Timestamp, rowId: string): RawBuilder<unknown> {
  const changes = sql.table('quality_changes');
  return sql`
    select old.${sql.ref(rowId)} from ${changes} as old where old.at < ${cutoff} and exists (
      select 1 from ${changes} as next
      where next.kind = old.kind and next.subject = old.subject
        and next.attribute = old.attribute and next."key" = old."key"
        and next.at > old.at and next.at <= ${cutoff})`;
}

async function deleteInBatches(
  database: Kysely<JournalTables>,
  table: keyof JournalTables,
  { rows, rowId }: { rows: RawBuilder<unknown>; rowId: string },
): Promise<number> {
  let deleted = 0;
  for (;;) {
    const batch = sql`delete from ${sql.table(table)} where ${sql.ref(rowId)} in (${rows} limit ${BATCH})`;
    const { numAffectedRows = 0n } = await batch.execute(database);
    deleted += Number(numAffectedRows);
    if (numAffectedRows < BATCH) return deleted;
    await nextMacrotask();
  }
}
