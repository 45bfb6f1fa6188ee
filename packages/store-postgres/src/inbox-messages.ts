import type { Inbox, InboxEntry } from '@turnspan/core';
import type { Row, RunStatement, StoreConnection } from './store-connection';
import { toKey, toText } from './store-key';

/** How long it is known that a message was there: as long as a channel repeats itself. */
const DONE_MS = 7 * 86_400_000;

/** Messages of the processes on one database. */
export class PostgresInbox implements Inbox {
  readonly #connection: StoreConnection;
  readonly #holder: string;
  readonly #table: string;

  constructor(connection: StoreConnection, holder: string) {
    this.#connection = connection;
    this.#holder = holder;
    this.#table = connection.table('store_inbox');
  }

  async put({ id, sender, payload }: InboxEntry, leaseMs: number): Promise<boolean> {
    const now = this.#connection.now();
    const text = `
      insert into ${this.#table} as known (id, sender, payload, holder, leased_until)
      values ($1, $2, $3, $4, $5)
      on conflict (id) do update set
        number = default, sender = excluded.sender, payload = excluded.payload,
        holder = excluded.holder, leased_until = excluded.leased_until, expires_at = null
      where known.payload is null and known.expires_at <= $6
      returning 1`;
    const message = [toKey(id), toKey(sender), toText(payload)];
    const values = [...message, this.#holder, now + leaseMs, now];
    return (await this.#connection.query(text, values)).length > 0;
  }

  async renew(ids: readonly string[], leaseMs: number): Promise<readonly string[]> {
    if (ids.length === 0) return [];
    const text = `
      update ${this.#table} as message set leased_until = $3
      from (
        select number from ${this.#table}
        where id = any($1) and holder = $2 and payload is not null
        order by number for update) as mine
      where message.number = mine.number
      returning id`;
    const until = this.#connection.now() + leaseMs;
    const rows = await this.#connection.query(text, [ids.map(toKey), this.#holder, until]);
    const renewed = new Set(rows.map((row) => row.id));
    return ids.filter((id) => renewed.has(toKey(id)));
  }

  async done(id: string): Promise<void> {
    const text = `
      insert into ${this.#table} (id, sender, holder, leased_until, expires_at)
      values ($1, '', '', 0, $2)
      on conflict (id) do update set
        sender = '', payload = null, holder = '', expires_at = excluded.expires_at`;
    await this.#connection.query(text, [toKey(id), this.#connection.now() + DONE_MS]);
  }

  async isBehind(id: string): Promise<boolean> {
    const text = `
      select from ${this.#table} as late join ${this.#table} as early
        on early.sender = late.sender and early.number < late.number
      where late.id = $1 and late.payload is not null
        and early.payload is not null and early.holder <> $2 limit 1`;
    return (await this.#connection.query(text, [toKey(id), this.#holder])).length > 0;
  }

  /**
   * First holds what has run out still, in the order in which {@link renew} does, then looks again:
   * only then is it certain that nobody keeps an earlier message.
   */
  async takeOver(limit: number, leaseMs: number): Promise<readonly InboxEntry[]> {
    const now = this.#connection.now();
    const rows = await this.#connection.transaction(async (query) => {
      const numbers = await this.#hold(query, [now, this.#holder, limit]);
      if (numbers.length === 0) return [];
      const text = `
        update ${this.#table} as late set holder = $2, leased_until = $4
        where number = any($3::bigint[]) and ${this.#isFree()}
        returning number::float8 as number, id, sender, payload`;
      return await query(text, [now, this.#holder, numbers, now + leaseMs]);
    });
    return [...rows].sort((a, b) => Number(a.number) - Number(b.number)).map(toEntry);
  }

  async #hold(query: RunStatement, values: unknown[]): Promise<readonly unknown[]> {
    const text = `
      select number from ${this.#table} as late where ${this.#isFree()}
      order by number limit $3 for update`;
    return (await query(text, values)).map(({ number }) => number);
  }

  /** It has run out, and no other process has an earlier one of the sender. */
  #isFree(): string {
    return `late.payload is not null and late.leased_until <= $1 and not exists (
      select from ${this.#table} as early
      where early.sender = late.sender and early.number < late.number
        and early.payload is not null and early.leased_until > $1 and early.holder <> $2)`;
  }
}

function toEntry({ id, sender, payload }: Row): InboxEntry {
  return { id: String(id), sender: String(sender), payload: String(payload) };
}
