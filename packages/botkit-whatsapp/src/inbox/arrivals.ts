import type { StartTimer } from '@turnspan/whatsapp';

/** What {@link Arrivals} takes. */
export interface ArrivalsOptions {
  /** How long putting may take. */
  readonly timeoutMs: number;
  /** How long a message that is put waits for others at the longest. */
  readonly waitMs: number;
  readonly startTimer: StartTimer;
}

/** What is done with one that arrives. */
export interface Arriving<T> {
  /** Is not begun before that of the one before has ended. */
  readonly put: () => Promise<T>;
  /** What it has to wait for besides; the next may be put meanwhile, but does not overtake it. */
  readonly wait: () => Promise<unknown>;
}

interface Link {
  readonly put: Promise<unknown>;
  readonly all: Promise<unknown>;
}

/** Keeps the messages of a conversation in the order in which they came while each is put into a store. */
export class Arrivals {
  readonly #options: ArrivalsOptions;
  readonly #last = new Map<string, Link>();

  constructor(options: ArrivalsOptions) {
    this.#options = options;
  }

  /** Gives what `put` gave, when what is to be waited for has come. Never rejects and settles in time, with undefined if it failed or was too late. */
  run<T>(conversationId: string, { put, wait }: Arriving<T>): Promise<T | undefined> {
    const before = this.#last.get(conversationId);
    const late = this.#startDeadline(this.#options.timeoutMs);
    const tried = Promise.resolve(before?.put)
      .then(() => (late.isNow ? undefined : put()))
      .catch(() => undefined);
    const result = Promise.race([tried, late.comes]).finally(late.stopTimer);
    const all = result.then((isPut) => this.#wait([before?.all, wait()]).then(() => isPut));
    const link = { put: result, all };
    this.#last.set(conversationId, link);
    void all.then(() => {
      if (this.#last.get(conversationId) === link) this.#last.delete(conversationId);
    });
    return all;
  }

  async #wait(others: readonly unknown[]): Promise<void> {
    const late = this.#startDeadline(this.#options.waitMs);
    await Promise.race([Promise.allSettled(others), late.comes]);
    late.stopTimer();
  }

  #startDeadline(ms: number): Deadline {
    const late = {
      isNow: false,
      comes: Promise.resolve<undefined>(undefined),
      stopTimer: () => {},
    };
    late.comes = new Promise((resolve) => {
      late.stopTimer = this.#options.startTimer(() => {
        late.isNow = true;
        resolve(undefined);
      }, ms);
    });
    return late;
  }
}

interface Deadline {
  readonly isNow: boolean;
  readonly comes: Promise<undefined>;
  readonly stopTimer: () => void;
}
