import { type HashedId, HashIndex, hashText } from './hash-index';
import type { ClaimReason } from './store';

/** Why the last so many visits left the waiting list; the oldest is forgotten for a new one. */
export class ClaimMemory {
  readonly #capacity: number;
  /** A ring: after the last place comes the first again. */
  readonly #ids: string[] = [];
  readonly #reasons: ClaimReason[] = [];
  readonly #index = new HashIndex();
  #next = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Why a visit left the list; undefined if that is not known. */
  reasonOf({ id, hash }: HashedId): ClaimReason | undefined {
    const place = this.#index.find(hash, (each) => this.#ids[each] === id);
    return place === undefined ? undefined : this.#reasons[place];
  }

  /** Notes why a visit of which nothing is known has left the list. */
  remember({ id, hash }: HashedId, reason: ClaimReason): void {
    const place = this.#next;
    const forgotten = this.#ids[place];
    if (forgotten !== undefined) this.#index.remove(hashText(forgotten), place);
    this.#ids[place] = id;
    this.#reasons[place] = reason;
    this.#index.add(hash, place);
    this.#next = (place + 1) % this.#capacity;
  }
}
