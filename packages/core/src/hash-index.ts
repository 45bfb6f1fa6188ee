/** How full it may be: fuller, and one has to look in too many places. */
const MAX_LOAD = 0.8;
const MIN_LOAD = 0.25;
const MIN_CAPACITY = 64;
const HASHES = 2 ** 32;

/** Finds numbers by the hash of what they stand for: a table with open addressing, eight bytes an entry. */
export class HashIndex {
  #hashes = new Uint32Array(MIN_CAPACITY);
  /** One more than the number; 0 where there is none. */
  #entries = new Uint32Array(MIN_CAPACITY);
  #size = 0;

  /** The number with this hash that `isSought` accepts. */
  find(hash: number, isSought: (number: number) => boolean): number | undefined {
    for (let at = this.#home(hash); this.#entries[at] !== 0; at = this.#after(at)) {
      const number = (this.#entries[at] ?? 0) - 1;
      if (this.#hashes[at] === hash && isSought(number)) return number;
    }
    return undefined;
  }

  /** Adds a number that is not there yet. */
  add(hash: number, number: number): void {
    const capacity = this.#entries.length;
    if (this.#size >= MAX_LOAD * capacity) this.#resize(Math.ceil(capacity * 1.5));
    this.#size += 1;
    this.#insert(hash, number + 1);
  }

  /** Removes a number that is there. */
  remove(hash: number, number: number): void {
    let at = this.#home(hash);
    while (this.#entries[at] !== number + 1) at = this.#after(at);
    this.#size -= 1;
    this.#close(at);
    const capacity = this.#entries.length;
    if (capacity > MIN_CAPACITY && this.#size < MIN_LOAD * capacity) {
      this.#resize(Math.ceil(capacity / 2));
    }
  }

  /** Entries lie in the order of their hashes, which is why resizing goes through memory in order. */
  #home(hash: number): number {
    return Math.floor((hash / HASHES) * this.#entries.length);
  }

  #after(at: number): number {
    return at + 1 === this.#entries.length ? 0 : at + 1;
  }

  #insert(hash: number, entry: number): void {
    let at = this.#home(hash);
    while (this.#entries[at] !== 0) at = this.#after(at);
    this.#hashes[at] = hash;
    this.#entries[at] = entry;
  }

  /** Moves up what would not be found any more behind the gap. */
  #close(from: number): void {
    let gap = from;
    for (let at = this.#after(gap); this.#entries[at] !== 0; at = this.#after(at)) {
      if (this.#distance(this.#home(this.#hashes[at] ?? 0), at) < this.#distance(gap, at)) continue;
      this.#hashes[gap] = this.#hashes[at] ?? 0;
      this.#entries[gap] = this.#entries[at] ?? 0;
      gap = at;
    }
    this.#entries[gap] = 0;
  }

  #distance(from: number, to: number): number {
    return to >= from ? to - from : to - from + this.#entries.length;
  }

  #resize(capacity: number): void {
    const hashes = this.#hashes;
    const entries = this.#entries;
    this.#hashes = new Uint32Array(capacity);
    this.#entries = new Uint32Array(capacity);
    for (const [at, entry] of entries.entries()) {
      if (entry !== 0) this.#insert(hashes[at] ?? 0, entry);
    }
  }
}

/** An id with its hash, which is worth keeping while one looks in several places. */
export interface HashedId {
  readonly id: string;
  readonly hash: number;
}

/** Adds the hash to an id. */
export function hashId(id: string): HashedId {
  return { id, hash: hashText(id) };
}

/** A hash of 32 bits; a text can be hashed on top of another. */
export function hashText(text: string, seed = 0): number {
  let hash = seed ^ 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
