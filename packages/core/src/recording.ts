import { CircuitBreaker } from './circuit-breaker';
import type { OnError } from './contain';
import { withDeadline } from './deadline';

/** What the bot waits for a record at most, before it saves its state. */
const LIMIT_MS = 1_000;
/** After so many failures in a row the bot waits for none for a while. */
const FAILURES = 3;
const PAUSE_MS = 10_000;

/** What a {@link Recording} needs. */
export interface RecordingOptions {
  /** Writes down what observers were told so far. */
  readonly record: (() => Promise<void>) | undefined;
  /** Milliseconds on a clock that only goes forward. */
  readonly tick: () => number;
  readonly contained: OnError;
}

/** Sees to it that what observers were told outlives this process, where that is worth waiting for. */
export class Recording {
  readonly #options: RecordingOptions;
  readonly #breaker: CircuitBreaker;

  constructor(options: RecordingOptions) {
    this.#options = options;
    const { tick } = options;
    this.#breaker = new CircuitBreaker({
      tick,
      failures: FAILURES,
      pauseMs: PAUSE_MS,
      maxPauseMs: PAUSE_MS,
    });
  }

  /** Waits for `first`, then until all is written; false if that failed or took too long. Never rejects. */
  async write(first: () => Promise<void> = async () => undefined): Promise<boolean> {
    const { record, contained } = this.#options;
    if (!record) return true;
    if (!this.#breaker.admit()) return false;
    try {
      await withDeadline(first().then(record), { timeoutMs: LIMIT_MS, tooLate });
      this.#breaker.succeed();
      return true;
    } catch (error) {
      this.#breaker.fail();
      contained(error);
      return false;
    }
  }
}

function tooLate(timeoutMs: number): Error {
  return new Error(`The record was not written within ${timeoutMs} ms.`);
}
