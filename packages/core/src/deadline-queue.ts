import type { Timestamp } from './vocabulary';

interface Entry {
  readonly at: Timestamp;
  readonly id: string;
}

/**
 * Ids by deadline, earliest first: a binary heap. Nothing is ever removed from its middle; the
 * caller skips ids that no longer matter when they come out.
 */
export class DeadlineQueue {
  readonly #heap: Entry[] = [];

  /** The earliest deadline. */
  peek(): Entry | undefined {
    return this.#heap[0];
  }

  /** Adds an id with its deadline. */
  push(at: Timestamp, id: string): void {
    const entry = { at, id };
    const heap = this.#heap;
    let index = heap.length;
    heap.push(entry);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || above.at <= at) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = entry;
  }

  /** Takes out the earliest deadline. */
  pop(): Entry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) this.#sink(last);
    return first;
  }

  #sink(entry: Entry): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      const child = this.#earlierChild(index);
      const below = heap[child];
      if (below === undefined || below.at >= entry.at) break;
      heap[index] = below;
      index = child;
    }
    heap[index] = entry;
  }

  #earlierChild(index: number): number {
    const left = 2 * index + 1;
    const leftEntry = this.#heap[left];
    const rightEntry = this.#heap[left + 1];
    if (leftEntry === undefined || rightEntry === undefined) return left;
    return rightEntry.at < leftEntry.at ? left + 1 : left;
  }
}
