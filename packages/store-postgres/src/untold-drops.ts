import type { Timestamp, Untold, Waiting } from '@turnspan/core';
import type { StoreConnection } from './store-connection';
import { toKey } from './store-key';
import { toWaiting } from './waiting-row';

/** Drops that are settled and not written down. They are rows of visits, and go with their claims. */
export class PostgresUntold implements Untold {
  readonly #connection: StoreConnection;
  readonly #table: string;

  constructor(connection: StoreConnection) {
    this.#connection = connection;
    this.#table = connection.table('store_visits');
  }

  async list(settledBefore: Timestamp, limit: number): Promise<readonly Waiting[]> {
    const text = `
      select waiting, stall_at, drop_at from ${this.#table}
      where settled_at < $1 and expires_at > $2 order by settled_at limit $3`;
    const rows = await this.#connection.query(text, [settledBefore, this.#connection.now(), limit]);
    return rows.map(toWaiting);
  }

  /** In the order of their ids, so that two who forget the same do not wait for each other. */
  async forget(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const text = `
      update ${this.#table} set waiting = null, settled_at = null
      where id in (
        select id from ${this.#table} where id = any($1::text[]) and settled_at is not null
        order by id for update)`;
    await this.#connection.query(text, [ids.map(toKey)]);
  }
}
