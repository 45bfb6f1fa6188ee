import { type Clock, systemClock } from '@turnspan/core';
import { invalidOption } from '@turnspan/journal';
import { checkPlace } from './check-place';
import type { PostgresPool } from './postgres-pool';
import { PostgresStore } from './postgres-store';
import { StoreConnection } from './store-connection';

/** Where the store is. */
export interface PostgresStoreOptions {
  /** Your pool of `pg`; it stays yours to end. */
  readonly pool: PostgresPool;
  /**
   * Where the tables are, made where it is missing: one for each bot.
   * @default 'turnspan'
   */
  readonly schema?: string;
  /**
   * Distinguishes the waits of this bot from those of another; the same in all its processes and
   * after every restart.
   * @default 'turnspan'
   */
  readonly origin?: string;
  /**
   * Where the time comes from; never from the server.
   * @default the clock of this machine
   */
  readonly clock?: Clock;
}

/**
 * Makes a store on a pool. It neither waits nor connects: the first call does, and makes the
 * tables, and if that fails the next call tries again.
 *
 * @example
 * const tracker = new Tracker({ store: createPostgresStore({ pool: new Pool() }) });
 */
export function createPostgresStore({
  pool,
  schema = 'turnspan',
  origin = 'turnspan',
  clock = systemClock,
}: PostgresStoreOptions): PostgresStore {
  checkPlace(pool, schema);
  checkOrigin(origin);
  surviveBreaks(pool);
  const connection = new StoreConnection({ pool, schema, now: () => clock.now() });
  return new PostgresStore(connection, origin);
}

/** Pools that have been listened to. */
const survivors = new WeakSet<PostgresPool>();

/** An idle connection that breaks ends the process where nobody listens; the next call finds out by itself. */
function surviveBreaks(pool: PostgresPool): void {
  if (survivors.has(pool)) return;
  survivors.add(pool);
  pool.on?.('error', () => undefined);
}

function checkOrigin(origin: unknown): void {
  if (typeof origin !== 'string' || origin === '' || origin.includes('.')) {
    throw invalidOption('origin', 'a name without dots', origin);
  }
}
