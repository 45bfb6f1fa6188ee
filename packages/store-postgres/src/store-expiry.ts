import type { Timestamp } from '@turnspan/core';
import type { StoreConnection } from './store-connection';

/** How often a process deletes what has run out. */
const INTERVAL_MS = 10_000;
/** How much of each table at a time: more in an hour than a busy bot adds. */
const LIMIT = 2000;

/** Deletes what has run out, a few rows at a time. */
export class StoreExpiry {
  readonly #connection: StoreConnection;
  readonly #text: string;
  #lastAt = Number.NEGATIVE_INFINITY;

  constructor(connection: StoreConnection) {
    this.#connection = connection;
    this.#text = toStatement(connection);
  }

  /** Deletes them, unless this process did so a moment ago. */
  async run(now: Timestamp): Promise<void> {
    if (Math.abs(now - this.#lastAt) < INTERVAL_MS) return;
    this.#lastAt = now;
    await this.#connection.query(this.#text, [now, LIMIT]);
  }
}

/** What another process deletes or renews just now is left to it. */
function toStatement(connection: StoreConnection): string {
  const visits = connection.table('store_visits');
  const values = connection.table('store_values');
  const inbox = connection.table('store_inbox');
  const few = 'expires_at <= $1 order by expires_at limit $2 for update skip locked';
  return `
    with visits as (delete from ${visits} where id in (
      select id from ${visits} where reason is not null and ${few})),
    messages as (delete from ${inbox} where number in (
      select number from ${inbox} where payload is null and ${few}))
    delete from ${values} where (kind, name) in (
      select kind, name from ${values} where ${few})`;
}
