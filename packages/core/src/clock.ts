import type { Timestamp } from './vocabulary';

/** Where Turnspan reads the time. */
export interface Clock {
  /** The wall clock, which may jump. */
  now(): Timestamp;
  /** Milliseconds on a clock that only goes forward. */
  tick(): number;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  tick: () => performance.now(),
};
