import type { SharedState } from '@turnspan/core';

const DAY_MS = 86_400_000;
const KEEP_MS = 90 * DAY_MS;
const REMEMBERED = 20_000;

/** Knows what was noted of users before: in all processes where they share a store, else in this one. */
export class SeenUsers {
  readonly #shared: SharedState | undefined;
  #young = new Set<string>();
  #old = new Set<string>();

  constructor(shared: SharedState | undefined) {
    this.#shared = shared;
  }

  /** Notes a key; true for the first one to do so. A store that is gone rejects. */
  async see(key: string): Promise<boolean> {
    if (this.#shared) return await this.#shared.see(key, KEEP_MS);
    if (this.#young.has(key)) return false;
    const isNew = !this.#old.has(key);
    if (this.#young.size >= REMEMBERED) {
      this.#old = this.#young;
      this.#young = new Set();
    }
    this.#young.add(key);
    return isNew;
  }
}
