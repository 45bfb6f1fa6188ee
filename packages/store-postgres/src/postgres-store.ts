import { randomUUID } from 'node:crypto';
import type {
  Claim,
  ClaimReason,
  Due,
  Inbox,
  SharedState,
  Store,
  TakeDue,
  Waiting,
  WaitingSummary,
} from '@turnspan/core';
import { PostgresInbox } from './inbox-messages';
import { PostgresSharedState } from './shared-state';
import type { StoreConnection } from './store-connection';
import { StoreExpiry } from './store-expiry';
import { toKey } from './store-key';
import { WaitingCounts } from './waiting-counts';
import { passedAt, toClaim, toDue, toParameters } from './waiting-row';
import { createWaitingStatements, type WaitingStatements } from './waiting-statements';

/** How long it is known that a wait is over: a day more than a channel repeats itself. */
const CLAIM_MS = 8 * 86_400_000;

/** Keeps the waiting list in Postgres, for all processes that share the database. */
export class PostgresStore implements Store {
  readonly origin: string;
  readonly claimsKeptMs: number = CLAIM_MS;
  readonly shared: SharedState;
  readonly inbox: Inbox;
  readonly #connection: StoreConnection;
  readonly #statements: WaitingStatements;
  readonly #counts: WaitingCounts;
  readonly #expiry: StoreExpiry;

  constructor(connection: StoreConnection, origin: string) {
    const holder = randomUUID();
    this.origin = origin;
    this.shared = new PostgresSharedState(connection, holder);
    this.inbox = new PostgresInbox(connection, holder);
    this.#connection = connection;
    this.#statements = createWaitingStatements(connection);
    this.#counts = new WaitingCounts(connection);
    this.#expiry = new StoreExpiry(connection);
  }

  async wait(waiting: Waiting): Promise<void> {
    await this.#connection.query(this.#statements.wait, toParameters(waiting));
  }

  async claim(id: string, reason: ClaimReason): Promise<Claim> {
    const values = [toKey(id), reason, this.#expiresAt()];
    const [row] = await this.#connection.query(this.#statements.claim, values);
    if (!row) return { claimed: false, reason: await this.#reasonOf(id) };
    const claim = toClaim(row);
    const isUnseen = claim.claimed && claim.waiting === undefined;
    const isOwn = id.startsWith(`${this.origin}.`);
    return isUnseen && isOwn ? { claimed: false, reason: undefined } : claim;
  }

  async takeDue({ now, limit, leaseMs }: TakeDue): Promise<readonly Due[]> {
    await this.#expiry.run(now);
    const lease = randomUUID();
    const values = [now, limit, lease, now + leaseMs];
    const rows = await this.#connection.query(this.#statements.takeDue, values);
    return rows.map((row) => toDue(row, lease)).sort((a, b) => passedAt(a) - passedAt(b));
  }

  async settle(due: readonly Due[]): Promise<readonly Due[]> {
    if (due.length === 0) return [];
    const rows = await this.#connection.query(this.#statements.settle, [
      due.map(({ waiting }) => toKey(waiting.id)),
      due.map(({ lease }) => lease),
      due.map(({ deadline }) => deadline === 'drop'),
      this.#expiresAt(),
    ]);
    const settled = new Set(rows.map(({ id }) => id));
    return due.filter(({ waiting }) => settled.delete(toKey(waiting.id)));
  }

  async summary(): Promise<WaitingSummary> {
    const counts = await this.#counts.read();
    const table = this.#connection.table('store_visits');
    const [next] = await this.#connection.query(`
      select deadline from ${table} where reason is null order by deadline limit 1`);
    return { counts, nextDeadline: next ? Number(next.deadline) : undefined };
  }

  /** Asked apart, as whoever lost a race does not see in its own statement who won. */
  async #reasonOf(id: string): Promise<ClaimReason | undefined> {
    const [row] = await this.#connection.query(this.#statements.reason, [toKey(id)]);
    return (row?.reason ?? undefined) as ClaimReason | undefined;
  }

  #expiresAt(): number {
    return this.#connection.now() + CLAIM_MS;
  }
}
