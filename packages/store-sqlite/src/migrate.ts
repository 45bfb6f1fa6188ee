import { type Timestamp, TurnspanError } from '@turnspan/core';
import type { Database } from './internal-types';
import type { Migration } from './migrations';

/** The schema of a kind of file. */
export interface Schema {
  readonly steps: readonly Migration[];
  /** Where the steps taken are noted; tells one kind of file from another. */
  readonly table?: string;
}

/** Brings a file up to the schema of today; of several processes one does it, under a lock. */
export function migrate(
  database: Database,
  { steps, table = 'turnspan_migrations', now }: Schema & { readonly now: Timestamp },
): void {
  const known = { table, version: steps.length };
  if (readVersion(database, known) === steps.length) return;
  database.exec('begin immediate');
  try {
    const version = readVersion(database, known);
    for (let next = version; next < steps.length; next += 1) take(database, steps[next] ?? []);
    note(database, known, { from: version, now });
    database.exec('commit');
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

/** What this Turnspan knows of a kind of file. */
interface Known {
  readonly table: string;
  readonly version: number;
}

/** How many steps the file has taken; refuses a file of a newer Turnspan, or of somebody else. */
function readVersion(database: Database, known: Known): number {
  const tables = database.query("select name from sqlite_master where type = 'table'");
  if (tables.length === 0) return 0;
  if (!tables.some(({ name }) => name === known.table)) {
    throw refused('It holds the tables of something else. Choose another file.');
  }
  const [row] = database.query(`select max(version) as version from ${known.table}`);
  const version = Number(row?.version ?? 0);
  if (version <= known.version) return version;
  throw refused(
    `A newer Turnspan wrote it: its schema has version ${version}, this one knows ${known.version}. Update Turnspan, or choose another file.`,
  );
}

function take(database: Database, step: Migration): void {
  for (const statement of step) database.exec(statement);
}

function note(
  database: Database,
  { table, version: to }: Known,
  { from, now }: { readonly from: number; readonly now: Timestamp },
): void {
  database.exec(
    `create table if not exists ${table} (version INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT`,
  );
  const insert = database.prepare(`insert into ${table} (version, at) values (?, ?)`);
  for (let version = from + 1; version <= to; version += 1) {
    insert.run([version, Math.round(now)]);
  }
}

/** Some failures have rolled back already. */
function rollBack(database: Database): void {
  try {
    database.exec('rollback');
  } catch {}
}

function refused(detail: string): TurnspanError {
  return new TurnspanError('STORE_UNAVAILABLE', { detail });
}
