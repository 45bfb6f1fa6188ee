import { BoundedMap } from './bounded-map';
import { DeadlineQueue } from './deadline-queue';
import type {
  Claim,
  ClaimReason,
  Due,
  Store,
  TakeDue,
  Waiting,
  WaitingCount,
  WaitingSummary,
} from './store';
import type { Timestamp } from './vocabulary';

/** Claims remembered, so that late callers learn why they came too late. */
const REMEMBERED_CLAIMS = 20_000;

const NOT_OUT = Number.NEGATIVE_INFINITY;

interface Slot {
  readonly waiting: Waiting;
  stalled: boolean;
  /** Under which lease the deadline at hand is out. */
  lease: string | undefined;
  leasedUntil: Timestamp;
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
  /** Ids whose deadline is handed out. */
  readonly #out = new Set<string>();
  #leases = 0;

  /** @param origin Unique among the processes that share the bot's storage. */
  constructor(origin: string) {
    this.origin = origin;
  }

  wait(waiting: Waiting): void {
    if (this.#claims.has(waiting.id)) return;
    const before = this.#slots.get(waiting.id);
    const stalled = before?.stalled === true && before.waiting.stallAt === waiting.stallAt;
    const slot = { waiting, stalled, lease: undefined, leasedUntil: NOT_OUT };
    this.#remove(waiting.id);
    this.#slots.set(waiting.id, slot);
    this.#tally(slot, 1);
    this.#deadlines.push(deadlineOf(slot), waiting.id);
  }

  claim(id: string, reason: ClaimReason): Claim {
    const slot = this.#slots.get(id);
    const known = this.#claims.get(id);
    if (known !== undefined) return { claimed: false, reason: known };
    this.#claims.set(id, reason);
    if (slot === undefined && id.startsWith(`${this.origin}.`)) {
      return { claimed: false, reason: undefined };
    }
    this.#remove(id);
    return { claimed: true, waiting: slot?.waiting, stalled: slot?.stalled ?? false };
  }

  takeDue({ now, limit, leaseMs }: TakeDue): readonly Due[] {
    this.#leases += 1;
    const lease = String(this.#leases);
    const due: Due[] = [];
    for (let next = this.#deadlines.peek(); next && next.at <= now; next = this.#deadlines.peek()) {
      if (due.length >= limit) break;
      this.#deadlines.pop();
      const slot = this.#slots.get(next.id);
      if (!slot || next.at < deadlineOf(slot) || slot.leasedUntil > now) continue;
      slot.lease = lease;
      slot.leasedUntil = now + leaseMs;
      due.push({ deadline: nameOf(slot), waiting: slot.waiting, lease });
    }
    // Whoever took them may never come back.
    for (const { waiting } of due) this.#deadlines.push(now + leaseMs, waiting.id);
    for (const { waiting } of due) this.#out.add(waiting.id);
    return due;
  }

  settle(due: readonly Due[]): readonly Due[] {
    return due.filter((each) => this.#settle(each));
  }

  summary(): WaitingSummary {
    return { counts: [...this.#counts.values()], nextDeadline: this.#nextDeadline() };
  }

  /** A claim, a wait or another taker may have come in between. */
  #settle({ waiting, lease, deadline }: Due): boolean {
    const slot = this.#slots.get(waiting.id);
    if (slot?.lease !== lease) return false;
    if (deadline === 'drop') {
      this.claim(waiting.id, 'dropped');
      return true;
    }
    this.#out.delete(waiting.id);
    this.#tally(slot, -1);
    slot.stalled = true;
    slot.lease = undefined;
    slot.leasedUntil = NOT_OUT;
    this.#tally(slot, 1);
    this.#deadlines.push(waiting.dropAt, waiting.id);
    return true;
  }

  #nextDeadline(): Timestamp | undefined {
    const deadlines = [...this.#out].flatMap((id) => this.#slots.get(id) ?? []).map(deadlineOf);
    const next = this.#peekCurrent();
    return next === undefined && deadlines.length === 0
      ? undefined
      : Math.min(next ?? Number.POSITIVE_INFINITY, ...deadlines);
  }

  /** A deadline in the queue may be one that was moved or answered since. */
  #peekCurrent(): Timestamp | undefined {
    for (let next = this.#deadlines.peek(); next; next = this.#deadlines.peek()) {
      const slot = this.#slots.get(next.id);
      if (slot && next.at >= deadlineOf(slot)) return next.at;
      this.#deadlines.pop();
    }
    return undefined;
  }

  #remove(id: string): void {
    const slot = this.#slots.get(id);
    if (slot === undefined) return;
    this.#slots.delete(id);
    this.#out.delete(id);
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

function nameOf({ waiting, stalled }: Slot): Due['deadline'] {
  return stalled || waiting.dropAt <= waiting.stallAt ? 'drop' : 'stall';
}
