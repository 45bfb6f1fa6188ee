import { randomUUID } from 'node:crypto';
import type {
  Claim,
  ClaimReason,
  Due,
  Inbox,
  Maybe,
  SharedState,
  Store,
  TakeDue,
  Timestamp,
  Waiting,
  WaitingCount,
  WaitingSummary,
} from '@turnspan/core';
import type { StoreFile } from './store-file';
import { SqliteInbox } from './store-inbox';
import { releaseLeases, SqliteSharedState, type StoreOwner } from './store-shared-state';
import { SqliteUntold } from './store-untold';
import { isStalled, passedAt, toDue, toParameters, toWaiting, WAIT_COLUMNS } from './waiting-row';

/** How long it is known that a wait is over: a day more than a channel repeats itself. */
const CLAIM_MS = 8 * 86_400_000;

const WAIT = `
  insert into waits (${WAIT_COLUMNS}) select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
  where not exists (select 1 from claims where id = ?)
  on conflict (id) do update set
    (${WAIT_COLUMNS}) = (excluded.id, excluded.channel, excluded.line, excluded.user_key,
      excluded.flow, excluded.node, excluded.position, excluded.parents, excluded.stall_at,
      excluded.drop_at),
    stalled = waits.stalled and waits.stall_at = excluded.stall_at,
    lease = null, leased_until = null`;
const CLAIM = `
  insert into claims (id, reason, expires_at, claimed_by) values (?, ?, ?, ?)
  on conflict do nothing`;
const NOTE_UNSEEN = 'update claims set unseen = 1 where id = ?';
const CLAIMED = 'select reason, claimed_by, unseen from claims where id = ?';
const REMOVE = `delete from waits where id = ? returning ${WAIT_COLUMNS}, stalled`;
const ANY_DUE = 'select 1 from waits where due_at <= ? limit 1';
const LEASE = `
  update waits set lease = ?, leased_until = ?
  where rowid in (select rowid from waits where due_at <= ? order by due_at limit ?)
  returning ${WAIT_COLUMNS}, stalled`;
const STALL =
  'update waits set stalled = 1, lease = null, leased_until = null where id = ? and lease = ?';
const DROP = 'delete from waits where id = ? and lease = ?';
const COUNTS = 'select flow, node, waiting, stalled from waiting_counts';
/** What is handed out is still to be settled, by its own deadline. */
const NEXT_DEADLINE = `select min(at) as at from (
  select min(due_at) as at from waits
  union all select min(deadline) from waits where lease is not null)`;

/** What an {@link SqliteStore} needs. */
export interface SqliteStoreParts {
  readonly file: StoreFile;
  readonly origin: string;
  readonly now: () => Timestamp;
  /** How long closing waits for another process. */
  readonly lockTimeoutMs: number;
}

/**
 * Keeps the waiting list in a file. Every call is written before it returns, and takes some tens of
 * microseconds. One that finds the file locked returns a promise and is tried again meanwhile; if
 * that goes on for 800 ms it rejects, and nothing was written.
 */
export class SqliteStore implements Store {
  readonly origin: string;
  readonly claimsKeptMs: number = CLAIM_MS;
  readonly shared: SharedState;
  readonly inbox: Inbox;
  readonly untold: SqliteUntold;
  readonly #parts: SqliteStoreParts;
  readonly #file: StoreFile;
  readonly #owner: StoreOwner;
  #leases = 0;

  constructor(parts: SqliteStoreParts) {
    this.#parts = parts;
    this.#file = parts.file;
    this.#owner = { file: parts.file, now: parts.now, holder: randomUUID() };
    this.origin = parts.origin;
    this.shared = new SqliteSharedState(this.#owner);
    this.inbox = new SqliteInbox(this.#owner);
    this.untold = new SqliteUntold(parts);
  }

  wait(waiting: Waiting): Maybe<void> {
    return this.#file.write(() => {
      this.#file.change(WAIT, [...toParameters(waiting), waiting.id]);
    });
  }

  claim(id: string, reason: ClaimReason, by: string = NOBODY): Maybe<Claim> {
    return this.#file.write((): Claim => {
      if (!this.#remember(id, reason, by)) return this.#claimAgain(id, reason, by);
      const [row] = this.#file.rows(REMOVE, [id]);
      if (row) return { claimed: true, waiting: toWaiting(row), stalled: isStalled(row) };
      const isOwn = id.startsWith(`${this.origin}.`);
      if (!isOwn) return { claimed: true, waiting: undefined, stalled: false };
      if (by !== NOBODY) this.#file.change(NOTE_UNSEEN, [id]);
      return UNSEEN;
    });
  }

  takeDue({ now, limit, leaseMs }: TakeDue): Maybe<readonly Due[]> {
    this.#leases += 1;
    const lease = `${this.#owner.holder}.${this.#leases}`;
    return this.#file.writeWhere(
      () => this.#file.rows(ANY_DUE, [now]).length > 0,
      () => {
        const rows = this.#file.rows(LEASE, [lease, now + leaseMs, now, limit]);
        return rows.map((row) => toDue(row, lease)).sort((a, b) => passedAt(a) - passedAt(b));
      },
    );
  }

  settle(due: readonly Due[]): Maybe<readonly Due[]> {
    if (due.length === 0) return [];
    return this.#file.write(() => due.filter((each) => this.#settle(each)));
  }

  summary(): Maybe<WaitingSummary> {
    return this.#file.read(() => {
      const [next] = this.#file.rows(NEXT_DEADLINE);
      const counts = this.#file.rows(COUNTS).map((row) => ({ ...row }) as unknown as WaitingCount);
      return { counts, nextDeadline: typeof next?.at === 'number' ? next.at : undefined };
    });
  }

  /** Lets other processes have what this one held, and lets go of the file. Never throws. */
  close(): void {
    this.#parts.file.close(() => releaseLeases(this.#owner), this.#parts.lockTimeoutMs);
  }

  #settle({ deadline, waiting: { id }, lease }: Due): boolean {
    if (deadline === 'stall') return this.#file.change(STALL, [id, lease]) > 0;
    this.untold.keep(id, lease);
    return this.#file.change(DROP, [id, lease]) > 0 && this.#remember(id, 'dropped');
  }

  /** Whether this is the first claim. */
  #remember(id: string, reason: ClaimReason, by: string = NOBODY): boolean {
    const now = this.#parts.now();
    this.#file.sweep('claims', now);
    return this.#file.change(CLAIM, [id, reason, now + CLAIM_MS, by]) > 0;
  }

  #claimAgain(id: string, reason: ClaimReason, by: string): Claim {
    const [known] = this.#file.rows(CLAIMED, [id]);
    const isTheirs = by !== NOBODY && known?.claimed_by === by;
    if (!isTheirs || known?.reason !== reason) {
      return { claimed: false, reason: known?.reason as ClaimReason };
    }
    return known.unseen === 1 ? UNSEEN : HAD;
  }
}

/** Claims of whoever does not say for which message. */
const NOBODY = '';
/** What came before its wait, or whose wait is no longer known. */
const UNSEEN: Claim = { claimed: false, reason: undefined };
/** What whoever asks has had since they asked first. */
const HAD: Claim = { claimed: true, waiting: undefined, stalled: true };
