import type { Clock } from '@turnspan/core';

/** Times, for scripts. */
export const SECOND = 1_000;
export const MINUTE: number = 60 * SECOND;
export const HOUR: number = 60 * MINUTE;
export const DAY: number = 24 * HOUR;

/** A clock that stands still until it is told otherwise. */
export class VirtualTime implements Clock {
  #now = Date.UTC(2026, 0, 5, 9);

  now = (): number => this.#now;

  tick = (): number => this.#now;

  /** Lets time pass, in milliseconds. */
  pass(ms: number): void {
    this.#now += ms;
  }
}
