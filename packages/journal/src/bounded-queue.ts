/** A queue that loses its oldest entry when it is full, and counts what it lost. */
export class BoundedQueue<T> {
  readonly #capacity: number;
  #entries: T[] = [];
  #head = 0;
  #dropped = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#entries.length - this.#head;
  }

  get dropped(): number {
    return this.#dropped;
  }

  push(entry: T): void {
    this.#entries.push(entry);
    if (this.size > this.#capacity) this.#dropOldest(1);
  }

  /** Takes up to this many entries out, oldest first, up to the first that is not wanted. */
  take(limit: number, isWanted?: (entry: T) => boolean): readonly T[] {
    const oldest = this.#entries.slice(this.#head, this.#head + limit);
    const end = isWanted ? oldest.findIndex((entry) => !isWanted(entry)) : -1;
    const taken = end < 0 ? oldest : oldest.slice(0, end);
    this.#forget(taken.length);
    return taken;
  }

  /** Puts back what was taken out, as the oldest; what no longer has room is lost. */
  putBack(entries: readonly T[]): void {
    this.#entries = [...entries, ...this.#entries.slice(this.#head)];
    this.#head = 0;
    if (this.size > this.#capacity) this.#dropOldest(this.size - this.#capacity);
  }

  /** Counts entries that are lost for another reason. */
  drop(count: number): void {
    this.#dropped += count;
  }

  #dropOldest(count: number): void {
    this.#forget(count);
    this.#dropped += count;
  }

  /** The consumed beginning stays until it is half of the list, so that each entry moves at most once. */
  #forget(count: number): void {
    this.#head += count;
    if (this.#head * 2 < this.#entries.length) return;
    this.#entries = this.#entries.slice(this.#head);
    this.#head = 0;
  }
}
