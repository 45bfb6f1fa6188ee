import type { StartTimer } from '@turnspan/whatsapp';

/** What {@link Arrivals} takes. */
export interface ArrivalsOptions {
  /** How long a message waits at the longest. */
  readonly timeoutMs: number;
  readonly startTimer: StartTimer;
}

/** Keeps the messages of a conversation in the order in which they came while each is put into a store. */
export class Arrivals {
  readonly #options: ArrivalsOptions;
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(options: ArrivalsOptions) {
    this.#options = options;
  }

  /**
   * Does something once those before it in the conversation have done theirs. Never rejects, and
   * settles in time: with undefined where it was too late or has failed.
   */
  run<T>(conversationId: string, work: () => Promise<T>): Promise<T | undefined> {
    const before = this.#last.get(conversationId) ?? Promise.resolve();
    const outcome = this.#inTime(before, work);
    this.#last.set(conversationId, outcome);
    void outcome.then(() => {
      if (this.#last.get(conversationId) === outcome) this.#last.delete(conversationId);
    });
    return outcome;
  }

  #inTime<T>(before: Promise<unknown>, work: () => Promise<T>): Promise<T | undefined> {
    const { timeoutMs, startTimer } = this.#options;
    return new Promise((resolve) => {
      let isLate = false;
      const stopTimer = startTimer(() => {
        isLate = true;
        resolve(undefined);
      }, timeoutMs);
      const end = (result?: T) => {
        stopTimer();
        resolve(result);
      };
      before.then(() => (isLate ? undefined : work())).then(end, () => end());
    });
  }
}
