import { contain, systemClock, type Timestamp } from '@turnspan/core';
import type { Kysely } from 'kysely';
import type { JournalOptions } from './options';
import { readJournalNumbers } from './options';
import { type Naming, pruneBefore } from './prune';
import { startPruning } from './pruning';
import { type Batch, RecordWriter } from './record-writer';
import { SqlJournal } from './sql-journal';
import type { StoreErrors } from './store-errors';
import type { JournalTables } from './tables';
import { systemTimer } from './timer';
import type { Journal, Lease } from './types';

/** A lease that ends with its journal. */
export interface ReleasableLease extends Lease {
  /** Lets others have what this one holds; never rejects. */
  release(): Promise<void>;
}

/** What a journal needs to know of its database. */
export interface SqlJournalSetup {
  readonly options: JournalOptions;
  readonly database: Kysely<JournalTables>;
  readonly errors: StoreErrors;
  readonly lease: ReleasableLease;
  readonly naming: Naming;
  /** With which step of the schema the sums came that are younger than those of visits. */
  readonly sumsStep: number;
  /**
   * Comes before every write, and has to be quick when it is done; the journal begins with it.
   * @default the database is open already
   */
  readonly open?: (() => Promise<void>) | undefined;
  /** Writes a batch in one transaction: all of it or nothing. */
  readonly write: (batch: Batch, gapAfterMs: number) => Promise<void>;
  /**
   * Forgets what only the database itself has noted before this time.
   * @default there is no such thing
   */
  readonly forget?: ((before: Timestamp) => Promise<void>) | undefined;
  /** Writes the rest as is told, gives back the lease and lets go of the database; never rejects. */
  readonly release: (finish: () => Promise<void>) => Promise<void>;
}

/** Makes a journal of a database. It writes, prunes and tries again by itself until it is closed. */
export function createSqlJournal(setup: SqlJournalSetup): Journal {
  const { options, database, errors, lease, naming, sumsStep, release } = setup;
  const { onError, clock = systemClock, startTimer = systemTimer } = options;
  const numbers = readJournalNumbers(options);
  const now = () => clock.now();
  const writer = createWriter(setup, numbers);
  const open = async () => await setup.open?.();
  const journal: Journal = new SqlJournal({
    ...numbers,
    database,
    writer,
    lease,
    errors,
    now,
    onError,
    sumsStep,
    open,
    prune: async (cutoffs) => {
      await open();
      await setup.forget?.(cutoffs.rows);
      return pruneBefore(database, cutoffs, naming);
    },
    release: (writeRest) => {
      stopPruning();
      return release(() => writeRest().then(() => lease.release()));
    },
  });
  const stopPruning = startPruning({
    prune: () => journal.prune(now()),
    startTimer,
    onError: contain(onError, () => undefined),
  });
  if (setup.open) writer.start();
  return journal;
}

function createWriter(
  { options, open, errors, write }: SqlJournalSetup,
  { maxQueued, flushIntervalMs, gapAfterMs }: ReturnType<typeof readJournalNumbers>,
): RecordWriter {
  return new RecordWriter({
    write: (batch) => write(batch, gapAfterMs),
    open,
    errors,
    maxQueued,
    flushIntervalMs,
    startTimer: options.startTimer ?? systemTimer,
    onError: options.onError,
  });
}
