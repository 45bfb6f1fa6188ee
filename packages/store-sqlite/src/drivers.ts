import { TurnspanError } from '@turnspan/core';
import type { Database } from './internal-types';
import { toDatabase } from './to-database';

/** The libraries that can open an SQLite file. */
export const DRIVER_NAMES = ['node:sqlite', 'libsql'] as const;
/** One of {@link DRIVER_NAMES}. */
export type DriverName = (typeof DRIVER_NAMES)[number];

/** Opens a file, and makes it where there is none. */
export interface OpenFile {
  (file: string): Database;
  /** What opens it, for a thread that has to do the same. */
  readonly driver: DriverName;
}

type Constructor<T> = new (file: string) => T;

interface NativeStatement {
  all(...parameters: unknown[]): unknown[];
  run(...parameters: unknown[]): Changes;
}

interface NativeDatabase {
  prepare(sql: string): NativeStatement;
  exec(sql: string): void;
  close(): void;
}

interface Changes {
  readonly changes: number | bigint;
}

/** The drivers that this runtime has, the one to be preferred first. */
export function findDrivers(): ReadonlyMap<DriverName, OpenFile> {
  const found = new Map<DriverName, OpenFile>();
  const node = loadNodeSqlite();
  const add = (driver: DriverName, open: (file: string) => Database) =>
    found.set(driver, Object.assign(open, { driver }));
  if (node) add('node:sqlite', (file) => openNodeSqlite(node, file));
  const libsql = loadLibsql();
  if (libsql) add('libsql', (file) => openLibsql(libsql, file));
  return found;
}

/** The driver that this runtime uses. Within one process two drivers must not open the same file: they do not see each other's locks. */
export function findDriver(): OpenFile {
  const [driver] = findDrivers().values();
  if (driver) return driver;
  const detail = `Node ${process.versions.node} on ${process.platform}-${process.arch} has neither node:sqlite (Node 22.13 and up) nor a libsql that loads.`;
  throw new TurnspanError('STORE_UNAVAILABLE', { detail });
}

/** Node 20 does not have it, and up to 22.12 only behind a flag. */
function loadNodeSqlite(): Constructor<NativeDatabase> | undefined {
  const module = process.getBuiltinModule?.('node:sqlite') as
    | { readonly DatabaseSync: Constructor<NativeDatabase> }
    | undefined;
  return module?.DatabaseSync;
}

/** Loaded late, as its binary exists for the usual platforms only. */
function loadLibsql(): Constructor<NativeDatabase> | undefined {
  try {
    return require('libsql') as Constructor<NativeDatabase>;
  } catch {
    return undefined;
  }
}

function openNodeSqlite(DatabaseSync: Constructor<NativeDatabase>, file: string): Database {
  const native = new DatabaseSync(file);
  return toDatabase({
    prepare: (sql) => {
      const statement = native.prepare(sql);
      return {
        all: (parameters) => statement.all(...parameters),
        run: (parameters) => statement.run(...parameters),
      };
    },
    exec: (sql) => native.exec(sql),
    close: () => native.close(),
  });
}

function openLibsql(Libsql: Constructor<NativeDatabase>, file: string): Database {
  const native = new Libsql(file);
  return toDatabase({
    prepare: (sql) => {
      const statement = native.prepare(sql);
      return {
        all: (parameters) => statement.all(parameters),
        run: (parameters) => statement.run(parameters),
      };
    },
    exec: (sql) => native.exec(sql),
    close: () => native.close(),
  });
}
