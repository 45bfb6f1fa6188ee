import type { Timestamp } from './vocabulary';

const MIN_CAPACITY = 64;
/** How much room is added when there is none: little, as it is paid for while it is empty. */
const GROWTH = 1.25;

/**
 * Records by deadline, earliest first: a binary heap. It tells where each record lies, so that one
 * can be taken out whose deadline no longer matters.
 */
export class DeadlineQueue {
  readonly #noteIndex: (record: number, index: number) => void;
  #deadlines = new Float64Array(MIN_CAPACITY);
  #records = new Uint32Array(MIN_CAPACITY);
  #size = 0;

  /** @param noteIndex Is told the index of a record whenever it changes. */
  constructor(noteIndex: (record: number, index: number) => void) {
    this.#noteIndex = noteIndex;
  }

  /** The earliest deadline. */
  peek(): Timestamp | undefined {
    return this.#size === 0 ? undefined : this.#deadlines[0];
  }

  /** Adds a record with its deadline. */
  push(at: Timestamp, record: number): void {
    if (this.#size === this.#records.length) this.#resize(Math.ceil(this.#size * GROWTH));
    this.#size += 1;
    this.#rise(this.#size - 1, at, record);
  }

  /** Takes out the record with the earliest deadline. */
  pop(): number | undefined {
    if (this.#size === 0) return undefined;
    const record = this.#recordAt(0);
    this.remove(0);
    return record;
  }

  /** Takes out the record at this index; the last one takes its place and finds its own. */
  remove(index: number): void {
    this.#size -= 1;
    const at = this.#deadlineAt(this.#size);
    const record = this.#recordAt(this.#size);
    if (index < this.#size) this.#rise(this.#sink(index, at), at, record);
    if (this.#records.length > MIN_CAPACITY && this.#size < this.#records.length / 4) {
      this.#resize(Math.ceil(this.#records.length / 2));
    }
  }

  /** Moves later ones down until a record with this deadline may lie at the index, and puts it there. */
  #rise(from: number, at: Timestamp, record: number): void {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.#deadlineAt(parent) <= at) break;
      this.#place(index, this.#deadlineAt(parent), this.#recordAt(parent));
      index = parent;
    }
    this.#place(index, at, record);
  }

  /** Moves earlier ones up until a record with this deadline may lie at the index, and returns it. */
  #sink(from: number, at: Timestamp): number {
    let index = from;
    for (;;) {
      const child = this.#earlierChild(index);
      if (child >= this.#size || this.#deadlineAt(child) >= at) return index;
      this.#place(index, this.#deadlineAt(child), this.#recordAt(child));
      index = child;
    }
  }

  #earlierChild(index: number): number {
    const left = 2 * index + 1;
    const right = left + 1;
    return right < this.#size && this.#deadlineAt(right) < this.#deadlineAt(left) ? right : left;
  }

  #place(index: number, at: Timestamp, record: number): void {
    this.#deadlines[index] = at;
    this.#records[index] = record;
    this.#noteIndex(record, index);
  }

  #deadlineAt(index: number): Timestamp {
    return this.#deadlines[index] ?? 0;
  }

  #recordAt(index: number): number {
    return this.#records[index] ?? 0;
  }

  #resize(capacity: number): void {
    const deadlines = new Float64Array(capacity);
    const records = new Uint32Array(capacity);
    deadlines.set(this.#deadlines.subarray(0, this.#size));
    records.set(this.#records.subarray(0, this.#size));
    this.#deadlines = deadlines;
    this.#records = records;
  }
}
