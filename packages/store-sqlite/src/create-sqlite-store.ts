import { systemClock } from '@turnspan/core';
import { findDriver, type OpenFile } from './drivers';
import { openDatabase } from './open-database';
import { SqliteStore } from './sqlite-store';
import { StoreFile } from './store-file';
import { checkStoreOptions, type SqliteStoreOptions } from './store-options';
import { STORE_SCHEMA } from './store-schema';

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
  { file, origin = 'turnspan', clock = systemClock, lockTimeoutMs = 5000 }: SqliteStoreOptions,
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
  return new SqliteStore({ file: new StoreFile(file, database), origin, now, lockTimeoutMs });
}
