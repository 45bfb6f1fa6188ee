/**
 * Remembers what was made for a key for as long as every round asks for it again. So what is met at
 * each scrape is made, and counted where it is beyond a cap, once; and what is gone is forgotten.
 */
export class Recall<T> {
  #previous = new Map<string, T>();
  #current = new Map<string, T>();

  /** Begins a round. */
  next(): void {
    this.#previous = this.#current;
    this.#current = new Map();
  }

  /** What was made for the key, or what is made now. */
  at(key: string, make: () => T): T {
    const known = this.#current.get(key) ?? this.#previous.get(key) ?? make();
    this.#current.set(key, known);
    return known;
  }
}
