import type { StartTimer } from '@turnspan/journal';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/** Spares a server that fails: each failure in a row doubles the time until it is tried again. */
export class JournalBackoff {
  #pauseMs = 0;

  /** Does something, and remembers whether it worked. */
  async try<T>(run: () => Promise<T>): Promise<T> {
    try {
      const result = await run();
      this.#pauseMs = 0;
      return result;
    } catch (error) {
      this.#pauseMs = Math.min(Math.max(2 * this.#pauseMs, FIRST_PAUSE_MS), LONGEST_PAUSE_MS);
      throw error;
    }
  }

  /** The same timer, which waits for the pause if that is longer. */
  delay(startTimer: StartTimer): StartTimer {
    return (run, delayMs) => startTimer(run, Math.max(delayMs, this.#pauseMs));
  }
}
