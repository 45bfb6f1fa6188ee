import { randomUUID } from 'node:crypto';
import type {
  Claim,
  ClaimReason,
  Due,
  Inbox,
  SharedState,
  Store,
  TakeDue,
  Untold,
  Waiting,
  WaitingSummary,
} from '@turnspan/core';
import { PostgresInbox } from './inbox-messages';
import { PostgresSharedState } from './shared-state';
import type { StoreConnection } from './store-connection';
import { StoreExpiry } from './store-expiry';
import { toKey } from './store-key';
import { PostgresUntold } from './untold-drops';
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
  readonly untold: Untold;
  readonly #connection: StoreConnection;
  readonly #statements: WaitingStatements;
  readonly #counts: WaitingCounts;
  readonly #expiry: StoreExpiry;

  constructor(connection: StoreConnection, origin: string) {
    const holder = randomUUID();
    this.origin = origin;
    this.shared = new PostgresSharedState(connection, holder);
    this.inbox = new PostgresInbox(connection, holder);
    this.untold = new PostgresUntold(connection);
    this.#connection = connection;
    this.#statements = createWaitingStatements(connection);
    this.#counts = new WaitingCounts(connection);
    this.#expiry = new StoreExpiry(connection);
  }

  async wait(waiting: Waiting): Promise<void> {
    await this.#connection.query(this.#statements.wait, toParameters(waiting));
  }

  async claim(id: string, reason: ClaimReason, by?: string): Promise<Claim> {
    const claimant = by === undefined ? null : toKey(by);
    const values = [toKey(id), reason, this.#connection.now() + CLAIM_MS, claimant];
    const [row] = await this.#connection.query(this.#statements.claim, values);
    if (!row) return await this.#claimAgain(id, reason, claimant);
    const claim = toClaim(row);
    const isUnseen = claim.claimed && claim.waiting === undefined;
    return isUnseen && this.#isOwn(id) ? UNSEEN : claim;
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
    const now = this.#connection.now();
    const rows = await this.#connection.query(this.#statements.settle, [
      due.map(({ waiting }) => toKey(waiting.id)),
      due.map(({ lease }) => lease),
      due.map(({ deadline }) => deadline === 'drop'),
      now,
      now + CLAIM_MS,
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
  async #claimAgain(id: string, reason: ClaimReason, claimant: string | null): Promise<Claim> {
    const [known] = await this.#connection.query(this.#statements.known, [toKey(id)]);
    const isTheirs = claimant !== null && known?.claimed_by === claimant;
    if (!isTheirs || known?.reason !== reason) {
      return { claimed: false, reason: (known?.reason ?? undefined) as ClaimReason | undefined };
    }
    return known.unseen === true && this.#isOwn(id) ? UNSEEN : HAD;
  }

  #isOwn(id: string): boolean {
    return id.startsWith(`${this.origin}.`);
  }
}

/** What came before its wait, or whose wait is no longer known. */
const UNSEEN: Claim = { claimed: false, reason: undefined };
/** What whoever asks has had since they asked first. */
const HAD: Claim = { claimed: true, waiting: undefined, stalled: true };
