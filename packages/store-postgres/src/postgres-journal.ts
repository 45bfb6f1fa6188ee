import { systemClock } from '@turnspan/core';
import {
  createSqlJournal,
  invalidOption,
  type Journal,
  type JournalOptions,
  systemTimer,
} from '@turnspan/journal';
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

/** Longer ones are cut off by Postgres, and then two may be one. */
const MAX_SCHEMA_BYTES = 63;

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
  checkPool(pool);
  checkSchema(schema);
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

function checkPool(pool: unknown): void {
  const { connect } = Object(pool) as { readonly connect?: unknown };
  if (typeof connect !== 'function') throw invalidOption('pool', 'a pool of `pg`', pool);
}

function checkSchema(schema: unknown): void {
  const isName = typeof schema === 'string' && schema !== '' && !schema.includes('\0');
  if (isName && Buffer.byteLength(schema) <= MAX_SCHEMA_BYTES && !schema.startsWith('pg_')) return;
  const expected = `a name of at most ${MAX_SCHEMA_BYTES} bytes without \`pg_\` in front`;
  throw invalidOption('schema', expected, schema);
}

function ignore(): void {}
