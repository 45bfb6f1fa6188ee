import { BoundedMap } from './bounded-map';
import type { OnError } from './contain';
import { isPending, type Maybe } from './maybe';
import type { Claim, ClaimReason, Due, Store, Waiting, WaitingCount } from './store';
import type { Timestamp } from './vocabulary';

/** What is kept for a store that fails. */
const BACKLOG = 20_000;

/**
 * The store as the tracker uses it: it never fails. What a store did not take is told again
 * before the next sweep, so that an outage neither loses a wait nor drops somebody who answered.
 */
export class WaitingList {
  readonly #store: Store;
  readonly #contained: OnError;
  readonly #waits = new BoundedMap<string, Waiting>(BACKLOG);
  readonly #claims = new BoundedMap<string, ClaimReason>(BACKLOG);

  constructor(store: Store, contained: OnError) {
    this.#store = store;
    this.#contained = contained;
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
  claim(id: string, reason: ClaimReason): Maybe<Claim> {
    const claim = request(() => this.#store.claim(id, reason));
    if (!isPending(claim)) return this.#judge(id, claim);
    return claim.then(
      (answer) => this.#judge(id, answer),
      (error) => {
        this.#contained(error);
        return reason === 'undelivered' ? REFUSED : this.#grant(id, reason);
      },
    );
  }

  /** Takes deadlines that have passed; unlike the rest this rejects if the store does. */
  async takeDue(now: Timestamp, limit: number): Promise<readonly Due[]> {
    await this.#retry();
    return await this.#store.takeDue(now, limit);
  }

  /** How many people wait at each node. */
  counts(): readonly WaitingCount[] {
    return this.#store.counts();
  }

  /** The earliest deadline not yet taken. */
  nextDeadline(): Timestamp | undefined {
    return this.#store.nextDeadline();
  }

  /** A store that failed to take the wait does not know whose the visit is. */
  #judge(id: string, claim: Claim): Claim {
    if (!this.#waits.has(id)) return claim;
    if (claim.claimed || claim.reason !== undefined) {
      this.#waits.delete(id);
      return claim;
    }
    return this.#grant(id, 'answered');
  }

  #grant(id: string, reason: ClaimReason): Claim {
    const waiting = this.#waits.get(id);
    this.#waits.delete(id);
    this.#claims.set(id, reason);
    return { claimed: true, waiting, stalled: false };
  }

  async #retry(): Promise<void> {
    for (const [id, waiting] of this.#waits.toEntries()) {
      await this.#store.wait(waiting);
      this.#waits.delete(id);
    }
    for (const [id, reason] of this.#claims.toEntries()) {
      await this.#store.claim(id, reason);
      this.#claims.delete(id);
    }
  }
}

const REFUSED: Claim = { claimed: false, reason: undefined };

/** Asks a store; one that throws is one that refuses. */
function request<T>(ask: () => Maybe<T>): Maybe<T> {
  try {
    return ask();
  } catch (error) {
    return Promise.reject(error);
  }
}
