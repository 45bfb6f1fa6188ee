import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Timestamp } from '@turnspan/core';
import type { OpenFile } from './drivers';
import type { Database } from './internal-types';
import { migrate, type Schema } from './migrate';
import { MIGRATIONS } from './migrations';
import { isBusy, toStoreError } from './sqlite-error';

/** The name of a file that nobody will see again. */
export const IN_MEMORY = ':memory:';
/** Two processes that open the same new file can refuse each other without waiting. */
const RETRY_MS = 20;

const JOURNAL: Schema = { steps: MIGRATIONS };

/** What opening needs to know. */
export interface OpenOptions {
  readonly file: string;
  readonly openFile: OpenFile;
  /** How long another process may hold the file. */
  readonly timeoutMs: number;
  readonly now: Timestamp;
  /**
   * What is in the file.
   * @default that of a journal
   */
  readonly schema?: Schema;
  /**
   * What an error calls the file.
   * @default 'journal'
   */
  readonly kind?: 'journal' | 'store';
}

/** Opens a file of ours, making it and its folder where they are missing, for its owner only. */
export function openDatabase(options: OpenOptions): Database {
  try {
    if (options.file !== IN_MEMORY) createFile(options.file);
    return retryWhileBusy(() => open(options), options.timeoutMs);
  } catch (error) {
    throw toStoreError(error, `The ${options.kind ?? 'journal'} ${options.file} does not open`);
  }
}

/** How long a statement waits for another process; everything else in this one waits with it. */
export function setBusyTimeout(database: Database, timeoutMs: number): void {
  database.query(`pragma busy_timeout = ${Math.round(timeoutMs)}`);
}

/** SQLite gives its side files the rights of the file itself. */
function createFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
}

function open({ file, openFile, timeoutMs, now, schema = JOURNAL }: OpenOptions): Database {
  const database = openFile(file);
  try {
    setBusyTimeout(database, timeoutMs);
    database.query('pragma journal_mode = wal');
    database.exec('pragma synchronous = normal');
    migrate(database, { ...schema, now });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function retryWhileBusy<T>(run: () => T, timeoutMs: number): T {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      return run();
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
}
