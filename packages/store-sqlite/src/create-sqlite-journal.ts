import { attempt, systemClock } from '@turnspan/core';
import {
  createSqlJournal,
  type Journal,
  type JournalTables,
  writeRecords,
} from '@turnspan/journal';
import { Kysely, SqliteDialect } from 'kysely';
import { findDriver, type OpenFile } from './drivers';
import type { Database } from './internal-types';
import { openDatabase, setBusyTimeout } from './open-database';
import { readNumbers, type SqliteJournalOptions } from './options';
import { isRowRefused, toStoreError } from './sqlite-error';
import { SqliteLease } from './sqlite-lease';

/** While the bot runs, a write rather comes later than it keeps the bot waiting. */
const BUSY_TIMEOUT_MS = 50;

/**
 * Opens a journal in a file of its own, and makes the file where there is none. Throws if the file
 * cannot be had; from then on nothing of it is thrown at the bot.
 *
 * @example
 * const journal = createSqliteJournal({ file: 'data/journal.db', onError: console.error });
 */
export function createSqliteJournal(options: SqliteJournalOptions): Journal {
  return createJournalWith(findDriver(), options);
}

/** The same with a driver of one's choice. */
export function createJournalWith(openFile: OpenFile, options: SqliteJournalOptions): Journal {
  const { lockTimeoutMs: timeoutMs } = readNumbers(options);
  const { file, clock = systemClock } = options;
  const now = () => clock.now();
  const raw = openDatabase({ file, openFile, timeoutMs, now: now() });
  setBusyTimeout(raw, BUSY_TIMEOUT_MS);
  const database = new Kysely<JournalTables>({ dialect: new SqliteDialect({ database: raw }) });
  return createSqlJournal({
    options,
    database,
    errors: { isRowRefused, toStoreError },
    lease: new SqliteLease({ database, raw, now }),
    naming: { rowId: 'rowid' },
    write: ({ records }, gapAfterMs) =>
      database.transaction().execute((writer) => writeRecords(writer, records, { gapAfterMs })),
    release: createRelease(raw, database, timeoutMs),
  });
}

/** The last write waits for other processes, as nothing waits for it any more. */
function createRelease(
  raw: Database,
  database: Kysely<JournalTables>,
  timeoutMs: number,
): (writeRest: () => Promise<void>) => Promise<void> {
  return async (writeRest) => {
    attempt(
      () => setBusyTimeout(raw, timeoutMs),
      () => undefined,
    );
    await writeRest();
    // libsql lets go of its statements, and so of the file, only when they are collected.
    attempt(
      () => raw.query('pragma wal_checkpoint(truncate)'),
      () => undefined,
    );
    await database.destroy().catch(() => undefined);
    // Kysely closes only what it has used.
    attempt(
      () => raw.close(),
      () => undefined,
    );
  };
}
