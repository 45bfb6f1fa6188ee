import type { StartTimer } from '@turnspan/whatsapp';

/** What {@link Arrivals} takes. */
export interface ArrivalsOptions {
  /** How long a message waits at the longest. */
  readonly timeoutMs: number;
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

  /** Gives what `put` gave. Never rejects and settles in time, with undefined if it failed or was too late. */
  run<T>(conversationId: string, { put, wait }: Arriving<T>): Promise<T | undefined> {
    const before = this.#last.get(conversationId);
    const { late, stopTimer } = this.#startDeadline();
    const result = Promise.resolve(before?.put)
      .then(() => (late.isNow ? undefined : put()))
      .catch(() => undefined);
    const waited = result.then(() => Promise.all([before?.all, wait()])).then(() => result);
    const all = Promise.race([waited, late.comes]).finally(stopTimer);
    const link = { put: Promise.race([result, late.comes]), all };
    this.#last.set(conversationId, link);
    void all.then(() => {
      if (this.#last.get(conversationId) === link) this.#last.delete(conversationId);
    });
    return all;
  }

  #startDeadline(): Deadline {
    const { timeoutMs, startTimer } = this.#options;
    const late = { isNow: false, comes: Promise.resolve<undefined>(undefined) };
    let stopTimer = () => {};
    late.comes = new Promise((resolve) => {
      stopTimer = startTimer(() => {
        late.isNow = true;
        resolve(undefined);
      }, timeoutMs);
    });
    return { late, stopTimer };
  }
}

interface Deadline {
  readonly late: { readonly isNow: boolean; readonly comes: Promise<undefined> };
  readonly stopTimer: () => void;
}
