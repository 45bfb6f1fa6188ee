import { BoundedMap } from './bounded-map';
import type { OnError } from './contain';
import { isPending, type Maybe } from './maybe';
import type { Claim, ClaimReason, Due, Store, TakeDue, Waiting, WaitingSummary } from './store';
import type { Timestamp } from './vocabulary';

/** What is kept for a store that fails. */
const BACKLOG = 20_000;

/**
 * After a failure nobody is dropped for this long: longer than the pause of {@link guardStore} and
 * the time between two sweeps, after which every process has told who answered meanwhile.
 */
const RECOVERY_MS = 30_000;

/** What a {@link WaitingList} needs of the tracker. */
export interface WaitingListOptions {
  /** Hears of every failure of the store. */
  readonly contained: OnError;
  readonly now: () => Timestamp;
}

/** Who claims a visit, and why. */
export interface ClaimRequest {
  readonly reason: ClaimReason;
  /** When the question was asked, if that is known. */
  readonly askedAt?: Timestamp | undefined;
  /** Names the message that claims, if it can come again. */
  readonly by?: string | undefined;
}

/** What became of a batch of deadlines. */
export interface SettledDue {
  /** How many were handed out. */
  readonly taken: number;
  /** Those that nobody had settled or claimed meanwhile. */
  readonly settled: readonly Due[];
}

/**
 * The store as the tracker uses it: it never fails. What a store did not take is told again
 * before the next sweep, so that an outage neither loses a wait nor drops somebody who answered.
 */
export class WaitingList {
  readonly #store: Store;
  readonly #contained: OnError;
  readonly #now: () => Timestamp;
  /** Until then other processes may still have to tell who answered while the store was away. */
  #trustedFrom = Number.NEGATIVE_INFINITY;
  #summary: WaitingSummary = { counts: [], nextDeadline: undefined };
  #isSlow = false;
  readonly #waits = new BoundedMap<string, Waiting>(BACKLOG);
  readonly #claims = new BoundedMap<string, ClaimRequest>(BACKLOG);

  constructor(store: Store, { contained, now }: WaitingListOptions) {
    this.#store = store;
    this.#now = now;
    this.#contained = (error) => {
      this.#trustedFrom = now() + RECOVERY_MS;
      contained(error);
    };
  }

  /** Distinguishes the waits of this list from those of another. */
  get origin(): string {
    return this.#store.origin;
  }

  /** Puts a visit on the list. */
  wait(waiting: Waiting): void {
    const pending = request(() => this.#store.wait(waiting));
    if (!isPending(pending)) return;
    pending.catch((error) => {
      this.#contained(error);
      this.#waits.set(waiting.id, waiting);
    });
  }

  /** Takes a visit off the list. If the store fails, whoever knows where the person stands may settle. */
  claim(id: string, asked: ClaimRequest): Maybe<Claim> {
    const claim = request(() => this.#store.claim(id, asked.reason, asked.by));
    if (!isPending(claim)) return this.#judge(id, claim, asked);
    return claim.then(
      (answer) => this.#judge(id, answer, asked),
      (error) => {
        this.#contained(error);
        return asked.reason === 'undelivered' ? REFUSED : this.#grant(id, asked);
      },
    );
  }

  /**
   * Settles deadlines that have passed and gives those that are this process's to tell; unlike the
   * rest this rejects if the store does.
   */
  async settleDue(request: TakeDue): Promise<SettledDue> {
    await this.#retry();
    if (this.#now() < this.#trustedFrom) return NOTHING_DUE;
    const due = await this.#store.takeDue(request);
    const settled = due.length === 0 ? due : await this.#store.settle(due);
    return { taken: due.length, settled };
  }

  /** Drops settled before this time of which nobody has said that they are written down. */
  async untold(settledBefore: Timestamp, limit: number): Promise<readonly Waiting[]> {
    return (await this.#store.untold?.list(settledBefore, limit)) ?? [];
  }

  /** These drops are written down. */
  async told(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#store.untold?.forget(ids);
  }

  /** Who waits where, in numbers: as it is now, or as a slow store said at the last sweep. */
  summary(): WaitingSummary {
    if (!this.#isSlow) void this.#read();
    return this.#summary;
  }

  /** Asks a slow store for the numbers of now. */
  async refresh(): Promise<void> {
    await this.#read();
  }

  #read(): Maybe<void> {
    const summary = request(() => this.#store.summary());
    this.#isSlow = isPending(summary);
    if (isPending(summary)) return summary.then((answer) => this.#keep(answer), this.#contained);
    this.#keep(summary);
  }

  #keep(summary: WaitingSummary): void {
    this.#summary = summary;
  }

  /** A store that failed to take the wait does not know whose the visit is. */
  #judge(id: string, claim: Claim, { askedAt, by }: ClaimRequest): Claim {
    if (!this.#waits.has(id)) return this.#wasNeverThere(claim, askedAt) ? UNSEEN : claim;
    if (claim.claimed || claim.reason !== undefined) {
      this.#waits.delete(id);
      return claim;
    }
    return this.#grant(id, { reason: 'answered', by });
  }

  /** Another process asked, and could not tell the store. */
  #wasNeverThere(claim: Claim, askedAt: Timestamp | undefined): boolean {
    const { claimsKeptMs } = this.#store;
    if (claimsKeptMs === undefined || askedAt === undefined) return false;
    if (claim.claimed || claim.reason !== undefined) return false;
    return this.#now() - askedAt < claimsKeptMs;
  }

  #grant(id: string, asked: ClaimRequest): Claim {
    const waiting = this.#waits.get(id);
    this.#waits.delete(id);
    this.#claims.set(id, asked);
    return { claimed: true, waiting, stalled: false };
  }

  async #retry(): Promise<void> {
    for (const [id, waiting] of this.#waits.toEntries()) {
      await this.#store.wait(waiting);
      this.#waits.delete(id);
    }
    for (const [id, { reason, by }] of this.#claims.toEntries()) {
      await this.#store.claim(id, reason, by);
      this.#claims.delete(id);
    }
  }
}

const NOTHING_DUE: SettledDue = { taken: 0, settled: [] };
const UNSEEN: Claim = { claimed: true, waiting: undefined, stalled: false };
const REFUSED: Claim = { claimed: false, reason: undefined };

/** Asks a store; one that throws is one that refuses. */
function request<T>(ask: () => Maybe<T>): Maybe<T> {
  try {
    return ask();
  } catch (error) {
    return Promise.reject(error);
  }
}
