import type { Timestamp } from '../../../core/src';

export const SECOND = 1000;
export const MINUTE: number = 60 * SECOND;
export const HOUR: number = 60 * MINUTE;
export const DAY: number = 24 * HOUR;
/** A week is so short: a past that is always alike does not need more days to be compared with. */
export const DAYS_OF_A_WEEK = 3;
export const WEEK: number = DAYS_OF_A_WEEK * DAY;

/**
 * Two clocks: the one of the bots, on which weeks pass, and the one of this machine, by which
 * Prometheus lives. They meet at one moment, and the first runs so many times faster.
 */
export class CompressedTime {
  readonly factor: number;
  readonly #bots: Timestamp;
  readonly #machine: Timestamp;

  constructor(factor: number, meeting: { readonly bots: Timestamp; readonly machine: Timestamp }) {
    this.factor = factor;
    this.#bots = meeting.bots;
    this.#machine = meeting.machine;
  }

  /** What time it is for the bots when it is this late on this machine. */
  toBots(machine: Timestamp): Timestamp {
    return this.#bots + (machine - this.#machine) * this.factor;
  }

  /** What time it is on this machine when it is this late for the bots. */
  toMachine(bots: Timestamp): Timestamp {
    return this.#machine + (bots - this.#bots) / this.factor;
  }
}
