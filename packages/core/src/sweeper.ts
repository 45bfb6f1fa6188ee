import type { TrackerContext } from './context';
import type { Endings } from './endings';
import type { Journey } from './journey';
import { decodePosition } from './position';
import type { Due } from './store';
import type { Timestamp } from './vocabulary';

/** Deadlines taken from the store at a time; between two batches the bot gets its turn. */
const BATCH = 500;
/** How long they are this process's to settle; one that is stopped for longer settles none of them. */
const LEASE_MS = 30_000;

/** Notices silence: settles what is due, at the time it was due. */
export class Sweeper {
  readonly #context: TrackerContext;
  readonly #endings: Endings;
  #sweptAt: Timestamp;

  constructor(context: TrackerContext, endings: Endings) {
    this.#context = context;
    this.#endings = endings;
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
      settled += due.settled.length;
      size = due.taken;
      if (size === BATCH) await nextMacrotask();
    }
    await waitingList.refresh();
    this.#sweptAt = Math.max(this.#sweptAt, now);
    return settled;
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

  #settle({ deadline, waiting }: Due): void {
    if (deadline === 'drop') {
      const { dropAt: at } = waiting;
      this.#endings.settleWaiting(waiting, { outcome: 'dropped', at, stalled: true });
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

function nextMacrotask(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
