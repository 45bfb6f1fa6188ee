import { ClaimMemory } from './claim-memory';
import { DeadlineQueue } from './deadline-queue';
import { type HashedId, hashId } from './hash-index';
import type { Claim, ClaimReason, Due, Store, TakeDue, Waiting, WaitingSummary } from './store';
import type { Timestamp } from './vocabulary';
import { WaitRecords } from './wait-records';

/** Claims remembered, so that late callers learn why they came too late. */
const REMEMBERED_CLAIMS = 20_000;

/**
 * Keeps the waiting list in this process, in about 300 bytes for each person. After a restart
 * it knows nobody: whoever answers is still settled rightly from the position in the bot's own
 * state, but people who stay silent across the restart are not noticed, and a drop that the process
 * before had counted is counted again if the person returns. A durable store has neither limit.
 */
export class MemoryStore implements Store {
  readonly origin: string;
  readonly #records: WaitRecords;
  readonly #queue = new DeadlineQueue((record, index) => {
    this.#records.setQueueIndex(record, index);
  });
  readonly #claims = new ClaimMemory(REMEMBERED_CLAIMS);
  /** Under which lease a record is handed out; it is queued for the end of the lease then. */
  readonly #leases = new Map<number, string>();
  #lastLease = 0;

  /** @param origin Unique among the processes that share the bot's storage. */
  constructor(origin: string) {
    this.origin = origin;
    this.#records = new WaitRecords(origin);
  }

  wait(waiting: Waiting): void {
    const hashed = hashId(waiting.id);
    if (this.#claims.reasonOf(hashed) !== undefined) return;
    const before = this.#records.find(hashed);
    const stalled = before !== undefined && this.#hasStalled(before, waiting.stallAt);
    if (before !== undefined) this.#remove(before, hashed);
    const record = this.#records.add(waiting, hashed.hash);
    if (stalled) this.#records.stall(record);
    this.#queue.push(this.#deadlineOf(record), record);
  }

  claim(id: string, reason: ClaimReason): Claim {
    const hashed = hashId(id);
    const known = this.#claims.reasonOf(hashed);
    if (known !== undefined) return { claimed: false, reason: known };
    this.#claims.remember(hashed, reason);
    const record = this.#records.find(hashed);
    if (record === undefined) return this.#claimUnseen(id);
    const waiting = this.#records.read(record);
    const stalled = this.#records.isStalled(record);
    this.#remove(record, hashed);
    return { claimed: true, waiting, stalled };
  }

  takeDue({ now, limit, leaseMs }: TakeDue): readonly Due[] {
    this.#lastLease += 1;
    const lease = String(this.#lastLease);
    const records = this.#popDue(now, limit);
    for (const record of records) {
      // Whoever takes it may never come back.
      this.#queue.push(now + leaseMs, record);
      this.#leases.set(record, lease);
    }
    return records.map((record) => ({
      deadline: this.#isDrop(record) ? 'drop' : 'stall',
      waiting: this.#records.read(record),
      lease,
    }));
  }

  settle(due: readonly Due[]): readonly Due[] {
    return due.filter((each) => this.#settle(each));
  }

  summary(): WaitingSummary {
    return { counts: this.#records.toCounts(), nextDeadline: this.#nextDeadline() };
  }

  /** A wait of its own that it never saw may still be on its way. */
  #claimUnseen(id: string): Claim {
    return id.startsWith(`${this.origin}.`)
      ? { claimed: false, reason: undefined }
      : { claimed: true, waiting: undefined, stalled: false };
  }

  #popDue(now: Timestamp, limit: number): readonly number[] {
    const records: number[] = [];
    while (records.length < limit && (this.#queue.peek() ?? Number.POSITIVE_INFINITY) <= now) {
      const record = this.#queue.pop();
      if (record === undefined) break;
      records.push(record);
    }
    return records;
  }

  /** A claim, a wait or another taker may have come in between. */
  #settle({ waiting, lease, deadline }: Due): boolean {
    const hashed = hashId(waiting.id);
    const record = this.#records.find(hashed);
    if (record === undefined || this.#leases.get(record) !== lease) return false;
    if (deadline === 'drop') {
      this.#claims.remember(hashed, 'dropped');
      this.#remove(record, hashed);
      return true;
    }
    this.#leases.delete(record);
    this.#records.stall(record);
    this.#queue.remove(this.#records.queueIndex(record));
    this.#queue.push(this.#deadlineOf(record), record);
    return true;
  }

  /** What is handed out is still to be settled. */
  #nextDeadline(): Timestamp | undefined {
    let next = this.#queue.peek();
    if (next === undefined) return undefined;
    for (const record of this.#leases.keys()) next = Math.min(next, this.#deadlineOf(record));
    return next;
  }

  #remove(record: number, { hash }: HashedId): void {
    this.#leases.delete(record);
    this.#queue.remove(this.#records.queueIndex(record));
    this.#records.remove(record, hash);
  }

  /** The stall of this time is settled. */
  #hasStalled(record: number, stallAt: Timestamp): boolean {
    return this.#records.isStalled(record) && this.#records.deadlines(record).stallAt === stallAt;
  }

  /** What passes next: the stall, or after it the drop. */
  #deadlineOf(record: number): Timestamp {
    const { stallAt, dropAt } = this.#records.deadlines(record);
    return this.#isDrop(record) ? dropAt : stallAt;
  }

  #isDrop(record: number): boolean {
    const { stallAt, dropAt } = this.#records.deadlines(record);
    return this.#records.isStalled(record) || dropAt <= stallAt;
  }
}
