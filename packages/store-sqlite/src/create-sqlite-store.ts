import { contain, type OnError, systemClock } from '@turnspan/core';
import { Checkpointer } from './checkpointer';
import { findDriver, type OpenFile } from './drivers';
import type { Database } from './internal-types';
import { IN_MEMORY, openDatabase } from './open-database';
import { SqliteStore } from './sqlite-store';
import { SqliteThread } from './sqlite-thread';
import { StoreFile } from './store-file';
import { checkStoreOptions, type SqliteStoreOptions } from './store-options';
import { STORE_SCHEMA } from './store-schema';

/** How long a checkpoint may keep those who write from writing while it waits for those who read. */
const CHECKPOINT_TIMEOUT_MS = 20;

/**
 * Opens a store in a file of its own, and makes the file where there is none. Throws if the file
 * cannot be had.
 *
 * @example
 * const tracker = new Tracker({ store: createSqliteStore({ file: 'data/store.db' }) });
 */
export function createSqliteStore(options: SqliteStoreOptions): SqliteStore {
  return createStoreWith(findDriver(), options);
}

/** The same with a driver of one's choice. */
export function createStoreWith(
  openFile: OpenFile,
  {
    file,
    origin = 'turnspan',
    clock = systemClock,
    lockTimeoutMs = 5000,
    onError = warn,
  }: SqliteStoreOptions,
): SqliteStore {
  checkStoreOptions({ file, origin, lockTimeoutMs });
  const now = () => clock.now();
  const database = openDatabase({
    file,
    openFile,
    timeoutMs: lockTimeoutMs,
    now: now(),
    schema: STORE_SCHEMA,
    kind: 'store',
  });
  const checkpointer =
    file === IN_MEMORY ? undefined : createCheckpointer(openFile, { file, database, onError });
  const storeFile = new StoreFile({ file, database, checkpointer });
  return new SqliteStore({ file: storeFile, origin, now, lockTimeoutMs });
}

interface Tidied {
  readonly file: string;
  readonly database: Database;
  readonly onError: OnError;
}

function createCheckpointer(
  { driver }: OpenFile,
  { file, database, onError }: Tidied,
): Checkpointer {
  const timeoutMs = CHECKPOINT_TIMEOUT_MS;
  const thread = new SqliteThread({ file, driver, timeoutMs, onFailure: () => undefined });
  return new Checkpointer({ database, thread, onError: contain(onError, () => undefined) });
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
