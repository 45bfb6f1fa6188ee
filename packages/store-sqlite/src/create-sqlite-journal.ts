import { attempt, contain, systemClock } from '@turnspan/core';
import { Kysely, SqliteDialect } from 'kysely';
import { findDriver, type OpenFile } from './drivers';
import type { Database } from './internal-types';
import { openDatabase, setBusyTimeout } from './open-database';
import { type Numbers, readNumbers, type SqliteJournalOptions } from './options';
import { startPruning } from './pruning';
import { RecordWriter } from './record-writer';
import { SqliteJournal } from './sqlite-journal';
import { SqliteLease } from './sqlite-lease';
import type { JournalTables } from './tables';
import { systemTimer } from './timer';
import type { Journal } from './types';
import { writeBatch } from './write-batch';

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
  const numbers = readNumbers(options);
  const { file, onError, clock = systemClock, startTimer = systemTimer } = options;
  const now = () => clock.now();
  const timeoutMs = numbers.lockTimeoutMs;
  const raw = openDatabase({ file, openFile, timeoutMs, now: now() });
  setBusyTimeout(raw, BUSY_TIMEOUT_MS);
  const database = new Kysely<JournalTables>({ dialect: new SqliteDialect({ database: raw }) });
  const { retentionDays, gapAfterMs } = numbers;
  const lease = new SqliteLease({ database, raw, now });
  const release = createRelease(raw, database, timeoutMs);
  const journal: Journal = new SqliteJournal({
    database,
    writer: createWriter(database, numbers, options),
    lease,
    now,
    retentionDays,
    gapAfterMs,
    onError,
    release: async (writeRest) => {
      stopPruning();
      await release(() => writeRest().then(() => lease.release()));
    },
  });
  const stopPruning = startPruning({
    prune: () => journal.prune(now()),
    startTimer,
    onError: contain(onError, () => undefined),
  });
  return journal;
}

function createWriter(
  database: Kysely<JournalTables>,
  { maxQueued, flushIntervalMs, gapAfterMs }: Numbers,
  { startTimer = systemTimer, onError }: SqliteJournalOptions,
): RecordWriter {
  return new RecordWriter({
    write: (records) => writeBatch(database, records, gapAfterMs),
    maxQueued,
    flushIntervalMs,
    startTimer,
    onError,
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
