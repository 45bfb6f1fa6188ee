import { contain, systemClock } from '@turnspan/core';
import {
  type Batch,
  createSqlJournal,
  type Journal,
  type JournalOptions,
  type JournalTables,
  type SqlJournalSetup,
  systemTimer,
} from '@turnspan/journal';
import type { Kysely } from 'kysely';
import { checkPlace } from './check-place';
import { JournalBackoff } from './journal-backoff';
import { closeInTime } from './journal-closing';
import { createJournalDatabase } from './journal-database';
import { POSTGRES_ERRORS } from './journal-errors';
import { JournalLease } from './journal-lease';
import { JOURNAL_STEPS, SUMS_STEP } from './journal-migrations';
import { createOpening, type Opening } from './journal-opening';
import { guardPool } from './journal-pool';
import { forgetBatches, writeBatch } from './journal-write';
import { migratePostgres } from './migrate';
import { isSchemaMissing, toPostgresError } from './postgres-error';
import type { PostgresPool } from './postgres-pool';

/** Where the journal is, and what it keeps. */
export interface PostgresJournalOptions extends JournalOptions {
  /** Your pool of `pg`; it stays yours to end, after the journal is closed. */
  readonly pool: PostgresPool;
  /**
   * Where the tables are, made where it is missing: one for each bot.
   * @default 'turnspan'
   */
  readonly schema?: string | undefined;
}

/**
 * Makes a journal on a pool. It does not wait until the database is there: what is told until then
 * is queued, and what keeps it away is reported once and tried again.
 *
 * @example
 * const journal = createPostgresJournal({ pool: new Pool(), onError: console.error });
 */
export function createPostgresJournal(options: PostgresJournalOptions): Journal {
  const { pool, schema = 'turnspan', startTimer = systemTimer } = options;
  checkPlace(pool, schema);
  // Without a listener, a server that restarts would end the process.
  pool.on?.('error', ignore);
  const guarded = guardPool(pool, startTimer);
  const database = createJournalDatabase(guarded, schema);
  const backoff = new JournalBackoff();
  const { open, write } = createWriting({ ...options, pool: guarded, schema }, database, backoff);
  const onError = contain(options.onError, ignore);
  const countLost = () => journal.dropped;
  const journal: Journal = createSqlJournal({
    options: { ...options, startTimer: backoff.delay(startTimer) },
    database,
    errors: POSTGRES_ERRORS,
    lease: new JournalLease({ database, open }),
    naming: { rowId: 'ctid', schema },
    sumsStep: SUMS_STEP,
    open,
    write,
    forget: (before) => forgetBatches(database, { schema, before }),
    release: async (finish) => {
      await closeInTime({ pool: guarded, finish, countLost, startTimer, onError });
      await database.destroy().catch(ignore);
      pool.off?.('error', ignore);
    },
  });
  return journal;
}

/** Opening and writing, which are what is tried again when it fails. */
function createWriting(
  options: PostgresJournalOptions & { readonly schema: string },
  database: Kysely<JournalTables>,
  backoff: JournalBackoff,
): Pick<Required<SqlJournalSetup>, 'write'> & Pick<Opening, 'open'> {
  const { pool, schema, clock = systemClock } = options;
  const steps = JOURNAL_STEPS;
  const opening = createOpening(() =>
    backoff
      .try(() => migratePostgres({ pool, schema, steps, now: clock.now() }))
      .catch((error) => {
        throw toPostgresError(error, `The journal in the schema ${schema} does not open`);
      }),
  );
  const write = (batch: Batch, gapAfterMs: number) =>
    backoff
      .try(() => writeBatch(database, batch, { schema, gapAfterMs, now: clock.now() }))
      .catch((error) => {
        if (isSchemaMissing(error)) opening.reset();
        throw error;
      });
  return { open: opening.open, write };
}

function ignore(): void {}
