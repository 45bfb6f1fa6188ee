import type { QualityFact, Timestamp } from '@turnspan/core';
import { toSeries, toSeriesName } from './series';

/** Series that are remembered; beyond them, facts are noted more often than needed. */
const CAPACITY = 10_000;
/** How often a fact that stays the same is noted. */
const OBSERVE_EVERY_MS = 5 * 60_000;

/** Says which observations add to what has been noted. */
export class ObservationThrottle {
  readonly #notedAt = new Map<string, Timestamp>();

  /** Whether to note it; then it counts as noted. */
  take(fact: QualityFact): boolean {
    const name = toSeriesName(toSeries(fact));
    const last = this.#notedAt.get(name);
    if (last !== undefined && Math.abs(fact.observedAt - last) < OBSERVE_EVERY_MS) return false;
    if (last === undefined && this.#notedAt.size >= CAPACITY) this.#notedAt.clear();
    this.#notedAt.set(name, fact.observedAt);
    return true;
  }
}
