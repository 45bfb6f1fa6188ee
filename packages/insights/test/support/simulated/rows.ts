import type {
  JourneyHourRow,
  LoopHourRow,
  MessageHourRow,
  NodeJourneyHourRow,
  SignalHourRow,
  VisitHourRow,
  WaitHourRow,
} from '@turnspan/journal';

/** What a journal would hold. */
export interface SimulatedRows {
  readonly visits: readonly VisitHourRow[];
  readonly signals: readonly SignalHourRow[];
  readonly nodeJourneys: readonly NodeJourneyHourRow[];
  readonly journeys: readonly JourneyHourRow[];
  readonly loops: readonly LoopHourRow[];
  readonly messages: readonly MessageHourRow[];
  readonly waits: readonly WaitHourRow[];
}

/** Adds up rows of the same name. */
export class Tally<T extends { readonly count: number }> {
  readonly #rows = new Map<string, { readonly row: T; count: number }>();

  add(name: string, count: number, toRow: () => T): void {
    const known = this.#rows.get(name);
    if (known) known.count += count;
    else this.#rows.set(name, { row: toRow(), count });
  }

  toRows(): readonly T[] {
    return [...this.#rows.values()].map(({ row, count }) => ({ ...row, count }));
  }
}
