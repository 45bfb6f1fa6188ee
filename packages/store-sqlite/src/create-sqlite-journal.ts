import { systemClock } from '@turnspan/core';
import { createSqlJournal, type Journal, type JournalTables } from '@turnspan/journal';
import { Kysely } from 'kysely';
import { BatchWriter } from './batch-writer';
import { findDriver, type OpenFile } from './drivers';
import { JournalFile } from './journal-file';
import { SUMS_STEP } from './migrations';
import { openDatabase } from './open-database';
import { readNumbers, type SqliteJournalOptions } from './options';
import { isRowRefused, toStoreError } from './sqlite-error';
import { SqliteLease } from './sqlite-lease';
import type { Ask } from './statement';
import { createStatementDialect } from './statement-dialect';

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

/** The same with a driver, and a thread, of one's choice. */
export function createJournalWith(
  openFile: OpenFile,
  options: SqliteJournalOptions,
  source?: string,
): Journal {
  const { lockTimeoutMs: timeoutMs } = readNumbers(options);
  const { file: path, clock = systemClock, onError } = options;
  const now = () => clock.now();
  const opened = openDatabase({ file: path, openFile, timeoutMs, now: now() });
  const file = new JournalFile({ file: path, source, openFile, database: opened, onError });
  const ask: Ask = (statement) => file.ask(statement);
  const dialect = createStatementDialect(ask);
  const database = new Kysely<JournalTables>({ dialect });
  const writer = new BatchWriter({ database, ask, now });
  return createSqlJournal({
    options,
    database,
    errors: { isRowRefused, toStoreError },
    lease: new SqliteLease({ database, now }),
    naming: { rowId: 'rowid' },
    sumsStep: SUMS_STEP,
    write: (batch, gapAfterMs) => writer.write(batch, gapAfterMs),
    forget: (before) => writer.forget(before),
    // The last write waits for other processes, as nothing waits for it any more.
    release: async (writeRest) => {
      await file.setBusyTimeout(timeoutMs);
      await writeRest();
      await writer.end();
      await database.destroy().catch(() => undefined);
      await file.close();
    },
  });
}
