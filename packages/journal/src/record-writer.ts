import { randomUUID } from 'node:crypto';
import { contain, type OnError } from '@turnspan/core';
import { BoundedQueue } from './bounded-queue';
import type { JournalRecord } from './records';
import type { StoreErrors } from './store-errors';
import { nextMacrotask, type StartTimer } from './timer';

/** Records in one transaction: few enough that the bot does not notice the pause. */
const BATCH = 250;

/** Records that are written together, all of them or none. */
export interface Batch {
  /** The same when it is tried again, as nobody may know whether it was written. */
  readonly id: string;
  readonly records: readonly JournalRecord[];
}

/** What a {@link RecordWriter} needs. */
export interface RecordWriterOptions {
  /** Writes records in one transaction: all of them or none. */
  readonly write: (batch: Batch) => Promise<void>;
  /**
   * Comes before every write, and has to be quick when there is nothing left to do.
   * @default nothing
   */
  readonly open?: (() => Promise<void>) | undefined;
  readonly errors: StoreErrors;
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
  /** What failed last: it stands at the head of the queue, and may have been written. */
  #unsure: { readonly id: string; readonly records: ReadonlySet<JournalRecord> } | undefined;
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

  /** Opens the store, again and again until that is done. */
  start(): void {
    this.#onTimer();
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
    await this.#open();
    for (;;) {
      const batch = this.#take();
      if (batch.records.length === 0) return;
      await this.#writeBatch(batch);
      if (this.#queue.size > 0) await nextMacrotask();
    }
  }

  async #open(): Promise<void> {
    try {
      await this.#options.open?.();
    } catch (error) {
      throw this.#keep([], error);
    }
  }

  #take(): Batch {
    const unsure = this.#unsure;
    this.#unsure = undefined;
    if (unsure) {
      const records = this.#queue.take(BATCH, (record) => unsure.records.has(record));
      if (records.length > 0) return { id: unsure.id, records };
    }
    return toBatch(this.#queue.take(BATCH));
  }

  async #writeBatch(batch: Batch): Promise<void> {
    this.#writing = batch.records.length;
    try {
      await this.#options.write(batch);
      this.#failing = false;
    } catch (error) {
      if (!this.#options.errors.isRowRefused(error)) throw this.#keep(batch.records, error, batch);
      await this.#writeOneByOne(batch.records);
    } finally {
      this.#writing = 0;
    }
  }

  /** One record that the store refuses must not take the others with it. */
  async #writeOneByOne(records: readonly JournalRecord[]): Promise<void> {
    const { write, errors } = this.#options;
    for (const [index, record] of records.entries()) {
      const batch = toBatch([record]);
      try {
        await write(batch);
      } catch (error) {
        if (!errors.isRowRefused(error)) throw this.#keep(records.slice(index), error, batch);
        this.#queue.drop(1);
        this.#report(errors.toStoreError(error, `The journal refused a ${record.kind}`));
      }
    }
  }

  /** The store may be back in a moment; its absence is reported once. */
  #keep(records: readonly JournalRecord[], cause: unknown, unsure?: Batch): Error {
    if (unsure) this.#unsure = { id: unsure.id, records: new Set(unsure.records) };
    if (records.length > 0) this.#queue.putBack(records);
    const error = this.#options.errors.toStoreError(cause, 'The journal was not written');
    if (!this.#failing) this.#report(error);
    this.#failing = true;
    return error;
  }
}

function toBatch(records: readonly JournalRecord[]): Batch {
  return { id: randomUUID(), records };
}
