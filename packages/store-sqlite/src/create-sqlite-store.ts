import { contain, type OnError, systemClock } from '@turnspan/core';
import { Checkpointer } from './checkpointer';
import { findDriver, type OpenFile } from './drivers';
import type { Database } from './internal-types';
import { IN_MEMORY, openDatabase } from './open-database';
import { SqliteStore } from './sqlite-store';
import { SqliteThread, type SqliteThreadOptions } from './sqlite-thread';
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

/** The same with a driver, and a thread, of one's choice. */
export function createStoreWith(
  openFile: OpenFile,
  options: SqliteStoreOptions,
  source?: string,
): SqliteStore {
  const { file, origin = 'turnspan', clock = systemClock, lockTimeoutMs = 5000 } = options;
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
  const checkpointer = createCheckpointer(database, {
    file,
    driver: openFile.driver,
    onError: options.onError ?? warn,
    source,
  });
  const storeFile = new StoreFile({ file, database, checkpointer });
  return new SqliteStore({ file: storeFile, origin, now, lockTimeoutMs });
}

interface CheckpointerSetup extends Pick<SqliteThreadOptions, 'file' | 'driver' | 'source'> {
  readonly onError: OnError;
}

function createCheckpointer(
  database: Database,
  { onError, ...options }: CheckpointerSetup,
): Checkpointer | undefined {
  if (options.file === IN_MEMORY) return undefined;
  const timeoutMs = CHECKPOINT_TIMEOUT_MS;
  const thread = new SqliteThread({ ...options, timeoutMs });
  return new Checkpointer({ database, thread, onError: contain(onError, () => undefined) });
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
