import type { TrackerContext } from './context';
import type { Endings } from './endings';
import type { Journey } from './journey';
import { decodePosition } from './position';
import type { Due, Waiting } from './store';
import type { Timestamp } from './vocabulary';

/** Deadlines taken from the store at a time; between two batches the bot gets its turn. */
const BATCH = 500;
/** How long they are this process's to settle; one that is stopped for longer settles none of them. */
const LEASE_MS = 30_000;
/** Whoever has not written down for so long what they settled will not do so any more. */
const UNTOLD_MS = 30_000;

/** Notices silence: settles what is due, at the time it was due. */
export class Sweeper {
  readonly #context: TrackerContext;
  readonly #endings: Endings;
  /** Ends what a process that has ended may have told already. */
  readonly #endingsAgain: Endings;
  #sweptAt: Timestamp;

  constructor(context: TrackerContext, endings: Endings, endingsAgain: Endings) {
    this.#context = context;
    this.#endings = endings;
    this.#endingsAgain = endingsAgain;
    this.#sweptAt = context.clock.now();
  }

  /** Settles everything that is due now and returns how many deadlines that were. */
  async sweep(): Promise<number> {
    const { clock, sessions, waitingList } = this.#context;
    const now = clock.now();
    sessions.expire(now);
    let settled = 0;
    for (let size = BATCH; size > 0; ) {
      const due = await waitingList.settleDue({ now, limit: BATCH, leaseMs: LEASE_MS });
      for (const deadline of due.settled) this.#settle(deadline);
      await this.#writeDown(due.settled.filter(isDrop).map(({ waiting }) => waiting));
      settled += due.settled.length;
      size = due.taken;
      if (size === BATCH) await nextMacrotask();
    }
    await this.#tellAgain(now - UNTOLD_MS);
    await waitingList.refresh();
    this.#sweptAt = Math.max(this.#sweptAt, now);
    return settled;
  }

  /** A process may end between settling a drop and writing it down: then another one tells it again. */
  async #tellAgain(settledBefore: Timestamp): Promise<void> {
    const untold = await this.#context.waitingList.untold(settledBefore, BATCH);
    for (const waiting of untold) drop(this.#endingsAgain, waiting);
    await this.#writeDown(untold);
  }

  async #writeDown(dropped: readonly Waiting[]): Promise<void> {
    if (dropped.length === 0) return;
    const { recording, waitingList } = this.#context;
    if (await recording.write()) await waitingList.told(dropped.map(({ id }) => id));
  }

  /** Numbers about anything older than this are final. */
  settledUntil(): Timestamp {
    const next = this.#context.waitingList.summary().nextDeadline ?? this.#sweptAt;
    return Math.min(this.#sweptAt, next) - this.#context.settings.longestDropAfter();
  }

  /** How long the oldest passed deadline has been left alone. */
  lagSeconds(): number {
    const next = this.#context.waitingList.summary().nextDeadline;
    if (next === undefined) return 0;
    return Math.max(0, this.#context.clock.now() - next) / 1000;
  }

  #settle(due: Due): void {
    const { waiting } = due;
    if (isDrop(due)) {
      drop(this.#endings, waiting);
      return;
    }
    const journey: Journey | undefined = decodePosition(waiting.position, waiting.user);
    if (!journey?.visit) return;
    this.#context.emitter.emit({
      kind: 'visit_stalled',
      at: waiting.stallAt,
      visit: journey.visit,
    });
  }
}

function isDrop({ deadline }: Due): boolean {
  return deadline === 'drop';
}

function drop(endings: Endings, waiting: Waiting): void {
  endings.settleWaiting(waiting, { outcome: 'dropped', at: waiting.dropAt, stalled: true });
}

function nextMacrotask(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
