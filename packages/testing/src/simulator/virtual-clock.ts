import type { Clock, Timestamp } from '@turnspan/core';

/** A clock that moves only when it is told to, so that days pass in seconds and every time is known. */
export class VirtualClock implements Clock {
  #time: Timestamp;
  #skewMs = 0;

  constructor(start: Timestamp) {
    this.#time = start;
  }

  /** The time that the bot reads, which is wrong while the clock is skewed. */
  readonly now = (): Timestamp => this.#time + this.#skewMs;

  readonly tick = (): number => this.#time;

  /** The time that it really is. */
  get time(): Timestamp {
    return this.#time;
  }

  /** Lets time pass. */
  advance(ms: number): void {
    this.#time += ms;
  }

  /** Goes to a time, unless it is over. */
  goTo(time: Timestamp): void {
    this.#time = Math.max(this.#time, time);
  }

  /** Shows the bot a wrong time until the returned function is called. */
  skew(ms: number): () => void {
    this.#skewMs = ms;
    return () => {
      this.#skewMs = 0;
    };
  }
}
