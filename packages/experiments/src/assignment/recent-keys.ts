/** Remembers the latest keys in this process, and at most twice as many as it is told. */
export class RecentKeys {
  readonly #capacity: number;
  #young = new Set<string>();
  #old = new Set<string>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Notes a key; true if it is new as far as this process remembers. */
  see(key: string): boolean {
    if (this.#young.has(key)) return false;
    const isNew = !this.#old.has(key);
    if (this.#young.size >= this.#capacity) {
      this.#old = this.#young;
      this.#young = new Set();
    }
    this.#young.add(key);
    return isNew;
  }
}
