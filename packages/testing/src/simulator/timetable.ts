import type { Timestamp } from '@turnspan/core';

interface Appointment {
  readonly at: Timestamp;
  readonly run: () => Promise<void>;
}

/** What is to be done when, in order of time; at the same time, in the order it was added. */
export class Timetable {
  readonly #appointments: Appointment[] = [];

  /** Adds something to do. */
  add(at: Timestamp, run: () => Promise<void>): void {
    let low = 0;
    let high = this.#appointments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      // Kept backwards, so that the next one is taken off the end.
      if ((this.#appointments[middle]?.at ?? 0) > at) low = middle + 1;
      else high = middle;
    }
    this.#appointments.splice(low, 0, { at, run });
  }

  /** Takes what comes next. */
  take(): Appointment | undefined {
    return this.#appointments.pop();
  }
}
