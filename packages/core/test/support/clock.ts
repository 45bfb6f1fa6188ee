import type { Clock } from '../../src';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** When every scenario begins: a Monday morning. */
export const START: number = Date.UTC(2026, 0, 5, 9);

export interface VirtualClock extends Clock {
  /** Lets time pass, on both clocks. */
  advance(ms: number): void;
  /** Sets the wall clock, as an operator or a time server does. */
  set(now: number): void;
}

export function createClock(): VirtualClock {
  let wall = START;
  let steady = 5_000;
  return {
    now: () => wall,
    tick: () => steady,
    advance(ms) {
      wall += ms;
      steady += ms;
    },
    set(now) {
      wall = now;
    },
  };
}
