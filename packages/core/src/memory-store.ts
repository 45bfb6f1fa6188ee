import { BoundedMap } from './bounded-map';
import { DeadlineQueue } from './deadline-queue';
import type { Claim, ClaimReason, Due, Store, Waiting, WaitingCount } from './store';
import type { Timestamp } from './vocabulary';

/** Claims remembered, so that late callers learn why they came too late. */
const REMEMBERED_CLAIMS = 20_000;

interface Slot {
  readonly waiting: Waiting;
  stalled: boolean;
}

/**
 * Keeps the waiting list in this process. After a restart it knows nobody: whoever answers is
 * still settled rightly from the position in the bot's own state, but people who stay silent
 * across the restart are not noticed, and a drop that the process before had counted is counted
 * again if the person returns. A durable store has neither limit.
 */
export class MemoryStore implements Store {
  readonly origin: string;
  readonly #slots = new Map<string, Slot>();
  readonly #deadlines = new DeadlineQueue();
  readonly #claims = new BoundedMap<string, ClaimReason>(REMEMBERED_CLAIMS);
  readonly #counts = new Map<string, { -readonly [K in keyof WaitingCount]: WaitingCount[K] }>();

  /** @param origin Unique among the processes that share the bot's storage. */
  constructor(origin: string) {
    this.origin = origin;
  }

  wait(waiting: Waiting): void {
    if (this.#claims.has(waiting.id)) return;
    const before = this.#slots.get(waiting.id);
    const stalled = before?.stalled === true && before.waiting.stallAt === waiting.stallAt;
    const slot = { waiting, stalled };
    this.#remove(waiting.id);
    this.#slots.set(waiting.id, slot);
    this.#tally(slot, 1);
    this.#deadlines.push(deadlineOf(slot), waiting.id);
  }

  claim(id: string, reason: ClaimReason): Claim {
    const slot = this.#slots.get(id);
    if (slot === undefined && this.#isTaken(id)) {
      return { claimed: false, reason: this.#claims.get(id) };
    }
    this.#remove(id);
    this.#claims.set(id, reason);
    return { claimed: true, waiting: slot?.waiting, stalled: slot?.stalled ?? false };
  }

  takeDue(now: Timestamp, limit: number): readonly Due[] {
    const due: Due[] = [];
    for (let next = this.#deadlines.peek(); next && next.at <= now; next = this.#deadlines.peek()) {
      if (due.length >= limit) break;
      this.#deadlines.pop();
      const slot = this.#slots.get(next.id);
      if (slot) this.#pass(slot, next.at, due);
    }
    return due;
  }

  counts(): readonly WaitingCount[] {
    return [...this.#counts.values()];
  }

  nextDeadline(): Timestamp | undefined {
    for (let next = this.#deadlines.peek(); next; next = this.#deadlines.peek()) {
      if (this.#isCurrent(next)) return next.at;
      this.#deadlines.pop();
    }
    return undefined;
  }

  /** A deadline in the queue may be one that was moved or answered since; then nothing is due. */
  #pass(slot: Slot, at: Timestamp, due: Due[]): void {
    const { waiting } = slot;
    if (at >= waiting.dropAt) {
      this.claim(waiting.id, 'dropped');
      due.push({ deadline: 'drop', waiting });
    } else if (at >= waiting.stallAt && !slot.stalled) {
      this.#tally(slot, -1);
      slot.stalled = true;
      this.#tally(slot, 1);
      this.#deadlines.push(waiting.dropAt, waiting.id);
      due.push({ deadline: 'stall', waiting });
    }
  }

  #isCurrent({ at, id }: { readonly at: Timestamp; readonly id: string }): boolean {
    const slot = this.#slots.get(id);
    if (slot === undefined) return false;
    return at >= deadlineOf(slot);
  }

  /** Whoever has an id of ours that is not on the list comes too late. */
  #isTaken(id: string): boolean {
    return id.startsWith(`${this.origin}.`) || this.#claims.has(id);
  }

  #remove(id: string): void {
    const slot = this.#slots.get(id);
    if (slot === undefined) return;
    this.#slots.delete(id);
    this.#tally(slot, -1);
  }

  #tally({ waiting, stalled }: Slot, by: 1 | -1): void {
    const count = this.#count(waiting);
    count.waiting += by;
    if (stalled) count.stalled += by;
  }

  #count({ flow, node }: Waiting): { waiting: number; stalled: number } {
    const key = `${flow}\0${node}`;
    const known = this.#counts.get(key);
    if (known) return known;
    const count = { flow, node, waiting: 0, stalled: 0 };
    this.#counts.set(key, count);
    return count;
  }
}

/** What passes next: the stall, or after it the drop. */
function deadlineOf({ waiting, stalled }: Slot): Timestamp {
  return stalled ? waiting.dropAt : Math.min(waiting.stallAt, waiting.dropAt);
}
