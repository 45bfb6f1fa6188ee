import type { TrackerContext } from './context';
import type { Journey } from './journey';
import type { Journeys } from './journeys';
import { decodePosition } from './position';
import type { Due } from './store';
import type { Timestamp } from './vocabulary';

/** Deadlines taken from the store at a time; between two batches the bot gets its turn. */
const BATCH = 500;

/** Notices silence: settles what is due, at the time it was due. */
export class Sweeper {
  readonly #context: TrackerContext;
  readonly #journeys: Journeys;
  #sweptAt: Timestamp;

  constructor(context: TrackerContext, journeys: Journeys) {
    this.#context = context;
    this.#journeys = journeys;
    this.#sweptAt = context.clock.now();
  }

  /** Settles everything that is due now and returns how many deadlines that were. */
  async sweep(): Promise<number> {
    const now = this.#context.clock.now();
    let settled = 0;
    for (let size = BATCH; size === BATCH; ) {
      const due = await this.#context.store.takeDue(now, BATCH);
      for (const deadline of due) this.#settle(deadline);
      size = due.length;
      settled += size;
      if (size === BATCH) await nextMacrotask();
    }
    this.#context.sessions.expire(now);
    this.#sweptAt = Math.max(this.#sweptAt, now);
    return settled;
  }

  /** Numbers about anything older than this are final. */
  settledUntil(): Timestamp {
    const next = this.#context.store.nextDeadline() ?? this.#sweptAt;
    return Math.min(this.#sweptAt, next) - this.#context.settings.longestDropAfter();
  }

  /** How long the oldest passed deadline has been left alone. */
  lagSeconds(): number {
    const next = this.#context.store.nextDeadline();
    if (next === undefined) return 0;
    return Math.max(0, this.#context.clock.now() - next) / 1000;
  }

  #settle({ deadline, waiting }: Due): void {
    if (deadline === 'drop') {
      const { dropAt: at } = waiting;
      this.#journeys.settleWaiting(waiting, { outcome: 'dropped', at, stalled: true });
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
