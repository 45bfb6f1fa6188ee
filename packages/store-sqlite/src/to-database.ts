import type { Database, PreparedStatement, RawDatabase } from './internal-types';

/** Statements that give rows; the older `node:sqlite` does not say which ones do. */
const READER = /^\s*(?:select|with|pragma)\b|\breturning\b/i;

/** Begins a transaction. One that reads first would be refused if another process wrote in between. */
export const BEGIN = 'begin immediate';
const CONTROLS: ReadonlySet<string> = new Set([BEGIN, 'commit', 'rollback']);

/** How a driver runs a statement: as part of a transaction, for its rows, or for what it changes. */
export type StatementKind = 'control' | 'reader' | 'writer';

/**
 * How a statement has to be run. libsql never ends a prepared `begin` that another process made
 * fail, and then commits nothing any more.
 */
export function kindOf(sql: string): StatementKind {
  if (CONTROLS.has(sql)) return 'control';
  return READER.test(sql) ? 'reader' : 'writer';
}

/** Makes the database of a driver behave as that of any other. */
export function toDatabase(raw: RawDatabase): Database {
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

/** What a column can hold; all else is null, and refused where a value is needed. libsql ends a text at a NUL. */
export function toBindable(value: unknown): string | number | null {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '') : value;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function prepare(raw: RawDatabase, sql: string): PreparedStatement {
  const statement = raw.prepare(sql);
  return {
    all: (parameters) => Array.from(statement.all(parameters.map(toBindable)), toPlain),
    run: (parameters) => Number(statement.run(parameters.map(toBindable)).changes),
  };
}

/** `node:sqlite` gives rows without a prototype, of whatever realm it was loaded in. */
function toPlain(row: unknown): Readonly<Record<string, unknown>> {
  return { ...(row as Readonly<Record<string, unknown>>) };
}
