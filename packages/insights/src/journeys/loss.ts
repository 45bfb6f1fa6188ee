import type { JourneyOutcome } from '@turnspan/core';
import { type Answer, found } from '../answer';
import { measureDifference, measureProportion, type Proportion } from '../statistics/proportion';

/** How many journeys something cost. An association: people who are confused may differ in more. */
export interface JourneyLoss {
  /** Of those it happened to, how many were dropped. */
  readonly affected: Proportion;
  /** Of those it did not happen to. */
  readonly others: Proportion;
  /** How many fewer would be dropped, if those it happened to did as the others. */
  readonly journeys: number;
  readonly low: number;
  readonly high: number;
}

/** Journeys that ended in one way. */
export interface EndedJourneys {
  readonly outcome: JourneyOutcome;
  readonly count: number;
}

/** (Drop rate of those it happened to − of the others) × those it happened to, Newcombe's interval. */
export function measureLoss(
  affected: readonly EndedJourneys[],
  others: readonly EndedJourneys[],
): Answer<JourneyLoss> {
  const hit = countDropped(affected);
  const spared = countDropped(others);
  const difference = measureDifference(hit, spared);
  if (difference.kind !== 'found') return difference;
  const { value, low, high } = difference.value;
  return found({
    affected: hit,
    others: spared,
    journeys: value * hit.total,
    low: low * hit.total,
    high: high * hit.total,
  });
}

function countDropped(journeys: readonly EndedJourneys[]): Proportion {
  let dropped = 0;
  let total = 0;
  for (const { outcome, count } of journeys) {
    total += count;
    if (outcome === 'dropped') dropped += count;
  }
  return measureProportion(dropped, total);
}
