/** What a {@link BoundedMap} tells of itself. */
export interface BoundedMapOptions<K, V> {
  /** Hears of every entry that had to go because the map was full. @default nobody hears of it */
  readonly evicted?: (key: K, value: V) => void;
}

/** A map that forgets its oldest entry when it is full. */
export class BoundedMap<K, V> {
  readonly #entries = new Map<K, V>();
  readonly #capacity: number;
  readonly #evicted: ((key: K, value: V) => void) | undefined;
  /**
   * Stands before the oldest entry. A new iterator would first have to pass everything that was
   * ever deleted from the front, which takes longer than all the rest.
   */
  #eldest: IterableIterator<[K, V]> | undefined;
  #setsWithoutEviction = 0;

  constructor(capacity: number, { evicted }: BoundedMapOptions<K, V> = {}) {
    this.#capacity = capacity;
    this.#evicted = evicted;
  }

  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  has(key: K): boolean {
    return this.#entries.has(key);
  }

  /** What it holds now, oldest first. */
  toEntries(): readonly (readonly [K, V])[] {
    return [...this.#entries];
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  /** Keeps an entry as the youngest, and forgets the oldest if there is no room for both. */
  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.#capacity) this.#evict();
    else this.#letGo();
  }

  #evict(): void {
    this.#setsWithoutEviction = 0;
    this.#eldest ??= this.#entries.entries();
    const eldest = this.#eldest.next();
    if (eldest.done) return;
    const [key, value] = eldest.value;
    this.#entries.delete(key);
    this.#evicted?.(key, value);
  }

  /** An iterator that nobody asks keeps in memory what the map has outgrown. */
  #letGo(): void {
    if (this.#eldest === undefined) return;
    this.#setsWithoutEviction += 1;
    if (this.#setsWithoutEviction > this.#capacity) this.#eldest = undefined;
  }
}
