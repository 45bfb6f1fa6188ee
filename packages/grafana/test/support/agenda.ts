import type { Timestamp } from '../../../core/src';

interface Appointment {
  readonly at: Timestamp;
  readonly run: () => unknown;
}

/** What is to be done when; at the same time, in the order it was added. */
export class Agenda {
  /** Kept backwards, so that the next one is taken off the end. */
  readonly #appointments: Appointment[] = [];

  add(at: Timestamp, run: () => unknown): void {
    let low = 0;
    let high = this.#appointments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#appointments[middle]?.at ?? 0) > at) low = middle + 1;
      else high = middle;
    }
    this.#appointments.splice(low, 0, { at, run });
  }

  /** Takes what comes next, if it comes by then. */
  take(until: Timestamp): Appointment | undefined {
    const next = this.#appointments.at(-1);
    return next !== undefined && next.at <= until ? this.#appointments.pop() : undefined;
  }
}
