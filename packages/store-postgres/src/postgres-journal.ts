import { systemClock } from '@turnspan/core';
import {
  createSqlJournal,
  type Journal,
  type JournalOptions,
  systemTimer,
} from '@turnspan/journal';
import { checkPlace } from './check-place';
import { createJournalDatabase } from './journal-database';
import { POSTGRES_ERRORS } from './journal-errors';
import { JournalLease } from './journal-lease';
import { JOURNAL_STEPS } from './journal-migrations';
import { createOpening } from './journal-opening';
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
  const { pool, schema = 'turnspan', clock = systemClock, startTimer = systemTimer } = options;
  checkPlace(pool, schema);
  // Without a listener, a server that restarts would end the process.
  pool.on?.('error', ignore);
  const guarded = guardPool(pool, startTimer);
  const now = () => clock.now();
  const database = createJournalDatabase(guarded, schema);
  const opening = createOpening(() =>
    migratePostgres({ pool: guarded, schema, steps: JOURNAL_STEPS, now: now() }).catch((error) => {
      throw toPostgresError(error, `The journal in the schema ${schema} does not open`);
    }),
  );
  return createSqlJournal({
    options,
    database,
    errors: POSTGRES_ERRORS,
    lease: new JournalLease({ database, open: opening.open }),
    naming: { rowId: 'ctid', schema },
    open: opening.open,
    write: (batch, gapAfterMs) =>
      writeBatch(database, batch, { schema, gapAfterMs, now: now() }).catch((error) => {
        if (isSchemaMissing(error)) opening.reset();
        throw error;
      }),
    forget: (before) => forgetBatches(database, { schema, before }),
    release: async (finish) => {
      await finish();
      await database.destroy().catch(ignore);
      pool.off?.('error', ignore);
    },
  });
}

function ignore(): void {}
