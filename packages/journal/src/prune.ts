import type { Timestamp } from '@turnspan/core';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { HOUR_TABLES } from './roll-up/hour-columns';
import type { HourTable } from './roll-up/hour-rows';
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
  ['exposures', 'at'],
  ['preference_changes', 'at'],
  ['quality_events', 'at'],
  ['quality_observations', 'to_at'],
];
/** Rows that last as long as the sums that they were made of. */
const LONG_ROWS: readonly AgedTable[] = [['investigations', 'at']];
/** The one table of sums that lasts no longer than what it counts. */
const SHORT_SUMS = ['delivery_hours'] as const;
const LONG_SUMS: readonly HourTable[] = HOUR_TABLES.filter((table) => table !== 'delivery_hours');

/** What is too old. */
export interface Cutoffs {
  readonly rows: Timestamp;
  /** For the sums of hours, which outlive what they count. */
  readonly rollUps: Timestamp;
}

/** How a database names its rows and tables. */
export interface Naming {
  /** The column by which the database finds a row again within a statement. */
  readonly rowId: 'rowid' | 'ctid';
  /**
   * Where the tables are.
   * @default the one place that the database has
   */
  readonly schema?: string | undefined;
}

/** Deletes what is older, a few rows at a time, and says how many those were. */
export async function pruneBefore(
  database: Kysely<JournalTables>,
  cutoffs: Cutoffs,
  naming: Naming,
): Promise<number> {
  let pruned = 0;
  const pruneRows = async (tables: readonly AgedTable[], cutoff: Timestamp) => {
    for (const [name, time] of tables) {
      const table = toTable(name, naming);
      const rows = sql`from ${table} as old where ${sql.ref(time)} < ${cutoff}`;
      pruned += await deleteInBatches(database, { table, rows, rowId: naming.rowId });
    }
  };
  await pruneRows(ROWS, cutoffs.rows);
  await pruneRows(LONG_ROWS, cutoffs.rollUps);
  const changes = toTable('quality_changes', naming);
  const rows = outdatedChanges(changes, cutoffs.rows);
  pruned += await deleteInBatches(database, { table: changes, rows, rowId: naming.rowId });
  const pruneSums = async (names: readonly HourTable[], cutoff: Timestamp) => {
    for (const name of names) pruned += await deleteHours(database, toTable(name, naming), cutoff);
  };
  await pruneSums(SHORT_SUMS, cutoffs.rows);
  await pruneSums(LONG_SUMS, cutoffs.rollUps);
  return pruned;
}

function toTable(name: keyof JournalTables, { schema }: Naming): RawBuilder<unknown> {
  return schema === undefined ? sql.id(name) : sql.id(schema, name);
}

/** What was in force at the cutoff stays, so that the timeline from there on is whole. */
function outdatedChanges(changes: RawBuilder<unknown>, cutoff: Timestamp): RawBuilder<unknown> {
  return sql`
    from ${changes} as old where old.at < ${cutoff} and exists (
      select 1 from ${changes} as next
      where next.kind = old.kind and next.subject = old.subject
        and next.attribute = old.attribute and next."key" = old."key"
        and next.at > old.at and next.at <= ${cutoff})`;
}

/** What to delete: the rows of a table that come `from … as old where …`. */
interface Outdated {
  readonly table: RawBuilder<unknown>;
  readonly rows: RawBuilder<unknown>;
  readonly rowId: string;
}

/** Deletes hour by hour, as tables of sums need not have anything else that names few rows. */
async function deleteHours(
  database: Kysely<JournalTables>,
  table: RawBuilder<unknown>,
  cutoff: Timestamp,
): Promise<number> {
  let deleted = 0;
  for (;;) {
    const batch = sql`delete from ${table}
      where hour = (select min(hour) from ${table} where hour < ${cutoff})`;
    const { numAffectedRows = 0n } = await batch.execute(database);
    if (numAffectedRows === 0n) return deleted;
    deleted += Number(numAffectedRows);
    await nextMacrotask();
  }
}

async function deleteInBatches(
  database: Kysely<JournalTables>,
  { table, rows, rowId }: Outdated,
): Promise<number> {
  const id = sql.id(rowId);
  let deleted = 0;
  for (;;) {
    const batch = sql`
      delete from ${table} where ${id} in (select old.${id} ${rows} limit ${sql.lit(BATCH)})`;
    const { numAffectedRows = 0n } = await batch.execute(database);
    deleted += Number(numAffectedRows);
    if (numAffectedRows < BATCH) return deleted;
    await nextMacrotask();
  }
}
