import type { Clock } from '@turnspan/core';

const DAY_MS = 86_400_000;

/** The fields that this version of the API does not know, each for a day: versions change. */
export class UnsupportedFields {
  readonly #clock: Clock;
  readonly #until: Map<string, number> = new Map();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The fields of a kind of node that are worth asking for. */
  leaveOut(node: string, fields: readonly string[]): readonly string[] {
    const now = this.#clock.tick();
    return fields.filter((field) => (this.#until.get(`${node}.${field}`) ?? 0) <= now);
  }

  /** Remembers fields that were refused. */
  add(node: string, fields: readonly string[]): void {
    const until = this.#clock.tick() + DAY_MS;
    for (const field of fields) this.#until.set(`${node}.${field}`, until);
  }
}
