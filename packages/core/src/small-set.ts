/**
 * A set that is nearly always empty or has one value, in the order of adding: it takes no memory
 * before the first and no more than a field before the second.
 */
export class SmallSet<T extends object | string> {
  #first: T | undefined;
  #all: Set<T> | undefined;

  /** Takes a value in, unless it is there. */
  add(value: T): void {
    if (this.#all) this.#all.add(value);
    else if (this.#first === undefined) this.#first = value;
    else if (this.#first !== value) this.#all = new Set([this.#first, value]);
  }

  /** Whether the value is there. */
  has(value: T): boolean {
    return this.#all ? this.#all.has(value) : this.#first === value;
  }

  /** The values, in the order of adding. */
  values(): Iterable<T> {
    return this.#all ?? (this.#first === undefined ? [] : [this.#first]);
  }
}
