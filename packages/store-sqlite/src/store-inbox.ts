import type { Inbox, InboxEntry } from '@turnspan/core';
import type { Row } from './internal-types';
import type { StoreOwner } from './store-shared-state';

/** How long it is known that a message was there: as long as a channel repeats itself. */
const DONE_MS = 7 * 86_400_000;

const PUT = `
  insert into inbox (id, sender, payload, holder, leased_until) select ?, ?, ?, ?, ?
  where not exists (select 1 from inbox_done where id = ? and expires_at > ?)
  on conflict (id) do nothing`;
const RENEW = 'update inbox set leased_until = ? where id = ? and holder = ?';
const REMOVE = 'delete from inbox where id = ?';
const DONE = `
  insert into inbox_done (id, expires_at) values (?, ?)
  on conflict (id) do update set expires_at = excluded.expires_at`;
const ANY_LEFT = 'select 1 from inbox where leased_until <= ? limit 1';
/** What has run out, except where another process has an earlier message of the sender. */
const TAKE_OVER = `
  update inbox set holder = ?, leased_until = ?
  where number in (
    select number from inbox as late where leased_until <= ? and not exists (
      select 1 from inbox as early where early.sender = late.sender and early.number < late.number
      and early.leased_until > ? and early.holder <> ?)
    order by number limit ?)
  returning number, id, sender, payload`;

const BEHIND = `
  select 1 from inbox as late join inbox as early
    on early.sender = late.sender and early.number < late.number and early.holder <> ?
  where late.id = ? limit 1`;

/** Messages of the processes on one file. */
export class SqliteInbox implements Inbox {
  readonly #owner: StoreOwner;

  constructor(owner: StoreOwner) {
    this.#owner = owner;
  }

  async put({ id, sender, payload }: InboxEntry, leaseMs: number): Promise<boolean> {
    const { file, now, holder } = this.#owner;
    const at = now();
    const parameters = [id, sender, payload, holder, at + leaseMs, id, at];
    return file.write(() => file.change(PUT, parameters) > 0);
  }

  async renew(ids: readonly string[], leaseMs: number): Promise<readonly string[]> {
    const { file, now, holder } = this.#owner;
    const until = now() + leaseMs;
    return file.write(() => ids.filter((id) => file.change(RENEW, [until, id, holder]) > 0));
  }

  async done(id: string): Promise<void> {
    const { file, now } = this.#owner;
    const at = now();
    await file.write(() => {
      file.sweep('inbox_done', at);
      file.change(REMOVE, [id]);
      file.change(DONE, [id, at + DONE_MS]);
    });
  }

  async isBehind(id: string): Promise<boolean> {
    const { file, holder } = this.#owner;
    return (await file.read(() => file.rows(BEHIND, [holder, id]))).length > 0;
  }

  async takeOver(limit: number, leaseMs: number): Promise<readonly InboxEntry[]> {
    const { file, now, holder } = this.#owner;
    const at = now();
    const parameters = [holder, at + leaseMs, at, at, holder, limit];
    // Most often there is nothing, and then nobody has to be kept from writing.
    const rows = await file.writeWhere(
      () => file.rows(ANY_LEFT, [at]).length > 0,
      () => file.rows(TAKE_OVER, parameters),
    );
    return [...rows].sort((a, b) => Number(a.number) - Number(b.number)).map(toEntry);
  }
}

function toEntry({ id, sender, payload }: Row): InboxEntry {
  return { id: String(id), sender: String(sender), payload: String(payload) };
}
