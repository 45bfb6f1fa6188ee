import type { JourneyHourRow, LoopHourRow } from '@turnspan/journal';
import type { Answer } from '../answer';
import { groupBy } from '../places';
import { type EndedJourneys, type JourneyLoss, measureLoss } from './loss';

/** What loops are ranked from. */
export interface LoopRows {
  readonly loops: readonly Pick<LoopHourRow, 'flow' | 'cycle' | 'outcome' | 'count'>[];
  /** All journeys, of which those in the loops are a part. */
  readonly journeys: readonly Pick<JourneyHourRow, 'flow' | 'outcome' | 'count'>[];
}

/** A circle that people go in. */
export interface FlowLoop {
  readonly flow: string;
  /** The questions of the circle in their order. */
  readonly nodes: readonly string[];
  /** How many journeys went in it. */
  readonly journeys: number;
  /** What it cost, held against the journeys of the flow that did not go in this circle. */
  readonly lost: Answer<JourneyLoss>;
}

/** The circles that people go in, first the one that costs the most journeys. */
export function rankLoops({ loops, journeys }: LoopRows): readonly FlowLoop[] {
  const flows = groupBy(journeys, ({ flow }) => flow);
  return [...groupBy(loops, ({ flow, cycle }) => JSON.stringify([flow, cycle])).values()]
    .map((rows) => toLoop(rows, flows))
    .sort((a, b) => toCost(b) - toCost(a) || b.journeys - a.journeys);
}

function toLoop(
  rows: LoopRows['loops'],
  flows: ReadonlyMap<string, readonly EndedJourneys[]>,
): FlowLoop {
  const { flow = '', cycle = '[]' } = rows[0] ?? {};
  const others = [...(flows.get(flow) ?? []), ...rows.map(toNegative)];
  return {
    flow,
    nodes: JSON.parse(cycle) as readonly string[],
    journeys: rows.reduce((sum, { count }) => sum + count, 0),
    lost: measureLoss(rows, others),
  };
}

/** Takes the journeys of the loop out of all. */
function toNegative({ outcome, count }: EndedJourneys): EndedJourneys {
  return { outcome, count: -count };
}

function toCost({ lost }: FlowLoop): number {
  return lost.kind === 'found' ? Math.max(0, lost.value.journeys) : 0;
}
