import type { Timestamp } from '@turnspan/core';
import { migratePostgres, quoteIdentifier } from './migrate';
import { isSchemaMissing, toPostgresError } from './postgres-error';
import type { PostgresClient, PostgresPool } from './postgres-pool';
import { STORE_MIGRATIONS_TABLE, STORE_STEPS, type StoreTable } from './store-schema';

/** A row as the driver gives it. */
export type Row = Readonly<Record<string, unknown>>;

/** Runs one statement and gives its rows. */
export type RunStatement = (text: string, values?: unknown[]) => Promise<readonly Row[]>;

/** What a {@link StoreConnection} needs. */
export interface StoreConnectionOptions {
  readonly pool: PostgresPool;
  readonly schema: string;
  readonly now: () => Timestamp;
}

/** The pool of the user as the store asks it: brought up to date at first, and every failure told in words. */
export class StoreConnection {
  readonly now: () => Timestamp;
  readonly #pool: PostgresPool;
  readonly #schema: string;
  #migrated: Promise<void> | undefined;

  constructor({ pool, schema, now }: StoreConnectionOptions) {
    this.now = now;
    this.#pool = pool;
    this.#schema = schema;
  }

  /** A table as it stands in a statement. */
  table(name: StoreTable): string {
    return `${quoteIdentifier(this.#schema)}.${name}`;
  }

  /** Runs one statement, which is a transaction of its own. */
  query(text: string, values: unknown[] = []): Promise<readonly Row[]> {
    return this.#lend((client) => toRunStatement(client)(text, values));
  }

  /** Runs several statements, of which each sees what others had done before it began. */
  transaction<T>(run: (query: RunStatement) => Promise<T>): Promise<T> {
    return this.#lend(async (client) => {
      const query = toRunStatement(client);
      await query('begin');
      const result = await run(query);
      await query('commit');
      return result;
    });
  }

  async #lend<T>(run: (client: PostgresClient) => Promise<T>): Promise<T> {
    try {
      await this.#migrate();
      return await lend(this.#pool, run);
    } catch (error) {
      if (isSchemaMissing(error)) this.#migrated = undefined;
      throw toPostgresError(error, 'Postgres did not do what the store asked of it');
    }
  }

  /** Once for all calls; after a failure the next call tries again. */
  #migrate(): Promise<void> {
    this.#migrated ??= migratePostgres({
      pool: this.#pool,
      schema: this.#schema,
      steps: STORE_STEPS,
      table: STORE_MIGRATIONS_TABLE,
      now: this.now(),
    }).catch((error: unknown) => {
      this.#migrated = undefined;
      throw error;
    });
    return this.#migrated;
  }
}

/** A connection on which something failed is not lent again: it may be in the middle of anything. */
async function lend<T>(
  pool: PostgresPool,
  run: (client: PostgresClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  // A connection that breaks tells so twice; nobody else listens while it is lent.
  const ignore = () => undefined;
  client.on?.('error', ignore);
  let isSound = false;
  try {
    const result = await run(client);
    isSound = true;
    return result;
  } finally {
    client.off?.('error', ignore);
    client.release(!isSound);
  }
}

function toRunStatement(client: PostgresClient): RunStatement {
  return async (text, values = []) => (await client.query({ text, values })).rows;
}
