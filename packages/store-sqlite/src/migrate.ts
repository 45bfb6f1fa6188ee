import { type Timestamp, TurnspanError } from '@turnspan/core';
import type { Database } from './internal-types';
import type { Migration } from './migrations';

/** Brings a file up to the schema of today; of several processes one does it, under a lock. */
export function migrate(
  database: Database,
  { steps, now }: { readonly steps: readonly Migration[]; readonly now: Timestamp },
): void {
  if (readVersion(database, steps.length) === steps.length) return;
  database.exec('begin immediate');
  try {
    const version = readVersion(database, steps.length);
    for (let next = version; next < steps.length; next += 1) take(database, steps[next] ?? []);
    note(database, { from: version, to: steps.length, now });
    database.exec('commit');
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

/** How many steps the file has taken; refuses a file of a newer Turnspan, or of somebody else. */
function readVersion(database: Database, known: number): number {
  const tables = database.query("select name from sqlite_master where type = 'table'");
  if (tables.length === 0) return 0;
  if (!tables.some(({ name }) => name === 'turnspan_migrations')) {
    throw refused('It holds the tables of something else.');
  }
  const [row] = database.query('select max(version) as version from turnspan_migrations');
  const version = Number(row?.version ?? 0);
  if (version <= known) return version;
  throw refused(
    `A newer Turnspan wrote it: its schema has version ${version}, this one knows ${known}. Update Turnspan, or choose another file.`,
  );
}

function take(database: Database, step: Migration): void {
  for (const statement of step) database.exec(statement);
}

function note(
  database: Database,
  { from, to, now }: { readonly from: number; readonly to: number; readonly now: Timestamp },
): void {
  database.exec(
    'create table if not exists turnspan_migrations (version INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT',
  );
  const insert = database.prepare('insert into turnspan_migrations (version, at) values (?, ?)');
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
