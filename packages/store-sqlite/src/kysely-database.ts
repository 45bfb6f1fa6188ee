import type { SqliteStatement } from 'kysely';
import type { Database, RawDatabase } from './internal-types';

/** Statements that give rows; the older `node:sqlite` does not say which ones do. */
const READER = /^\s*(?:select|with|pragma)\b|\breturning\b/i;

const TRANSACTION = /^(?:begin|commit|rollback)$/;

/** Makes a driver look like the database that Kysely knows, with the same behaviour for all. */
export function toKyselyDatabase(raw: RawDatabase): Database {
  let open = true;
  return {
    prepare: (sql) => prepare(raw, sql),
    exec: (sql) => raw.exec(sql),
    query: (sql) => Array.from(raw.prepare(sql).all([]), toPlain),
    close: () => {
      if (open) raw.close();
      open = false;
    },
  };
}

function prepare(raw: RawDatabase, sql: string): SqliteStatement {
  if (TRANSACTION.test(sql)) return toControl(raw, sql);
  const statement = raw.prepare(sql);
  const all = (parameters: readonly unknown[]) =>
    Array.from(statement.all(parameters.map(toBindable)), toPlain);
  return {
    reader: READER.test(sql),
    all,
    run: (parameters) => statement.run(parameters.map(toBindable)),
    iterate: (parameters) => all(parameters).values(),
  };
}

/** `node:sqlite` gives rows without a prototype, of whatever realm it was loaded in. */
function toPlain(row: unknown): Readonly<Record<string, unknown>> {
  return { ...(row as Readonly<Record<string, unknown>>) };
}

/**
 * libsql never ends a prepared `begin` that another process made fail, and then commits nothing any
 * more. And a transaction that reads first would be refused if another process wrote in between.
 */
function toControl(raw: RawDatabase, sql: string): SqliteStatement {
  const run = () => {
    raw.exec(sql === 'begin' ? 'begin immediate' : sql);
    return { changes: 0, lastInsertRowid: 0 };
  };
  return { reader: false, all: () => [], run, iterate: () => [].values() };
}

/** What a column can hold; all else is null, and refused where a value is needed. libsql ends a text at a NUL. */
function toBindable(value: unknown): string | number | null {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '') : value;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
