import type { OnError } from './contain';

/** What the bot waits for a record at most, before it saves its state. */
const LIMIT_MS = 500;
/** After a failure the bot waits for none for so long. */
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
  #pausedUntil = Number.NEGATIVE_INFINITY;

  constructor(options: RecordingOptions) {
    this.#options = options;
  }

  /** Waits for `first`, then until all is written; false if that failed or took too long. Never rejects. */
  async write(first: () => Promise<void> = async () => undefined): Promise<boolean> {
    const { record, tick, contained } = this.#options;
    if (!record) return true;
    if (tick() < this.#pausedUntil) return false;
    try {
      await inTime(first().then(record));
      return true;
    } catch (error) {
      this.#pausedUntil = tick() + PAUSE_MS;
      contained(error);
      return false;
    }
  }
}

function inTime(written: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(`The record was not written within ${LIMIT_MS} ms.`));
    const timer = setTimeout(fail, LIMIT_MS).unref();
    written.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}
