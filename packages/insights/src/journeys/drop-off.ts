import type { NodeJourneyHourRow, SignalHourRow, VisitHourRow } from '@turnspan/journal';
import { compareWithMates, type MatesComparison, type MatesOptions } from '../mates';
import { addUp, groupBy, type Place, toPlaceKey } from '../places';
import { measureProportion, type Proportion } from '../statistics/proportion';

/** What of an hour of visits tells about dropping. */
export type VisitCount = Pick<
  VisitHourRow,
  'hour' | 'flow' | 'node' | 'outcome' | 'count' | 'wait_count'
>;

/** What drop-off is measured from. */
export interface DropOffRows {
  readonly visits: readonly VisitCount[];
  /** Only those of the signal `return` count. @default none came back */
  readonly signals?: readonly Pick<SignalHourRow, 'flow' | 'node' | 'signal' | 'count'>[];
  /** @default drop-off per journey is not known */
  readonly journeys?: readonly Pick<
    NodeJourneyHourRow,
    'flow' | 'node' | 'outcome' | 'last' | 'count'
  >[];
}

/** Where people fall silent. */
export interface NodeDropOff extends MatesComparison {
  /** Dropped ÷ settled visits. */
  readonly perVisit: Proportion;
  /** (Dropped − returned) ÷ settled visits. */
  readonly netPerVisit: Proportion;
  /** Journeys dropped at the node ÷ journeys that passed it. */
  readonly perJourney: Proportion;
}

/**
 * The drop-off of every node that somebody could drop at, each with its Wilson interval and held
 * against its flow-mates; first where most people are lost beyond what the mates lose.
 */
export function measureDropOff(
  { visits, signals = [], journeys = [] }: DropOffRows,
  options: MatesOptions = {},
): readonly NodeDropOff[] {
  const returned = addUp(
    signals
      .filter(({ signal }) => signal === 'return')
      .map((row) => [toPlaceKey(row), row.count] as const),
  );
  const journeysOf = groupBy(journeys, toPlaceKey);
  return compareWithMates(countDrops(visits), options).map((compared) => {
    const key = toPlaceKey(compared);
    const { count, total } = compared.own;
    return {
      ...compared,
      perVisit: compared.own,
      netPerVisit: measureProportion(Math.max(0, count - (returned.get(key) ?? 0)), total),
      perJourney: countJourneys(journeysOf.get(key) ?? []),
    };
  });
}

function countDrops(visits: readonly VisitCount[]): readonly (Place & CountOf)[] {
  return [...groupBy(visits, toPlaceKey).values()]
    .filter((rows) => rows.some(canDrop))
    .map((rows) => ({
      flow: rows[0]?.flow ?? '',
      node: rows[0]?.node ?? '',
      count: sumCounts(rows.filter(({ outcome }) => outcome === 'dropped')),
      total: sumCounts(rows),
    }));
}

interface CountOf {
  readonly count: number;
  readonly total: number;
}

/** Nobody owes an answer to what is only said or done. */
function canDrop({ outcome, wait_count }: VisitCount): boolean {
  return outcome === 'dropped' || wait_count > 0;
}

function countJourneys(
  rows: readonly Pick<NodeJourneyHourRow, 'outcome' | 'last' | 'count'>[],
): Proportion {
  const dropped = rows.filter(({ outcome, last }) => outcome === 'dropped' && last === 1);
  return measureProportion(sumCounts(dropped), sumCounts(rows));
}

function sumCounts(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}
