import { contain, type OnError } from '@turnspan/core';
import { BoundedQueue } from './bounded-queue';
import type { JournalRecord } from './records';
import { isRowRefused, toStoreError } from './sqlite-error';
import { nextMacrotask, type StartTimer } from './timer';

/** Records in one transaction: few enough that the bot does not notice the pause. */
const BATCH = 100;

/** What a {@link RecordWriter} needs. */
export interface RecordWriterOptions {
  /** Writes records in one transaction: all of them or none. */
  readonly write: (records: readonly JournalRecord[]) => Promise<void>;
  readonly maxQueued: number;
  readonly flushIntervalMs: number;
  readonly startTimer: StartTimer;
  readonly onError: OnError;
}

/** Keeps records in memory until a timer, or whoever asks, has them written. */
export class RecordWriter {
  readonly #options: RecordWriterOptions;
  readonly #queue: BoundedQueue<JournalRecord>;
  readonly #report: OnError;
  #writing = 0;
  #tail: Promise<void> = Promise.resolve();
  #stopTimer: (() => void) | undefined;
  #failing = false;
  #closed = false;

  constructor(options: RecordWriterOptions) {
    this.#options = options;
    this.#queue = new BoundedQueue(options.maxQueued);
    this.#report = contain(options.onError, () => undefined);
  }

  get queued(): number {
    return this.#queue.size + this.#writing;
  }

  get dropped(): number {
    return this.#queue.dropped;
  }

  /** Takes a record; once it is closed, there is nobody to write it. */
  add(record: JournalRecord): void {
    if (this.#closed) {
      this.#queue.drop(1);
      return;
    }
    this.#queue.push(record);
    this.#awaitTimer();
  }

  /** Writes all that is queued now, after what is being written already. */
  flush(): Promise<void> {
    const done = this.#tail.then(() => this.#drain());
    this.#tail = done.catch(() => undefined);
    return done;
  }

  /** Takes no more, and tries once more to write what it has; the rest is lost. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopTimer?.();
    await this.flush().catch(() => undefined);
    this.#queue.drop(this.#queue.take(this.#queue.size).length);
  }

  #awaitTimer(): void {
    const { startTimer, flushIntervalMs } = this.#options;
    this.#stopTimer ??= startTimer(() => this.#onTimer(), flushIntervalMs);
  }

  #onTimer(): void {
    this.#stopTimer = undefined;
    this.flush().catch(() => {
      if (!this.#closed) this.#awaitTimer();
    });
  }

  /** Between two transactions the bot has its turn. */
  async #drain(): Promise<void> {
    for (;;) {
      const batch = this.#queue.take(BATCH);
      if (batch.length === 0) return;
      await this.#writeBatch(batch);
      if (this.#queue.size > 0) await nextMacrotask();
    }
  }

  async #writeBatch(batch: readonly JournalRecord[]): Promise<void> {
    this.#writing = batch.length;
    try {
      await this.#options.write(batch);
      this.#failing = false;
    } catch (error) {
      if (!isRowRefused(error)) throw this.#keep(batch, error);
      await this.#writeOneByOne(batch);
    } finally {
      this.#writing = 0;
    }
  }

  /** One record that the store refuses must not take the others with it. */
  async #writeOneByOne(batch: readonly JournalRecord[]): Promise<void> {
    for (const [index, record] of batch.entries()) {
      try {
        await this.#options.write([record]);
      } catch (error) {
        if (!isRowRefused(error)) throw this.#keep(batch.slice(index), error);
        this.#queue.drop(1);
        this.#report(toStoreError(error, `The journal refused a ${record.kind}`));
      }
    }
  }

  /** The store may be back in a moment; its absence is reported once. */
  #keep(batch: readonly JournalRecord[], cause: unknown): Error {
    this.#queue.putBack(batch);
    const error = toStoreError(cause, 'The journal was not written');
    if (!this.#failing) this.#report(error);
    this.#failing = true;
    return error;
  }
}
