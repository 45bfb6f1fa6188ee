import type { JourneyHourRow, TransitionHourRow } from '@turnspan/journal';
import { type Answer, found } from '../answer';
import { groupBy } from '../places';
import { absorb, type Transition } from '../statistics/markov-chain';
import { measureProportion, type Proportion } from '../statistics/proportion';
import { median } from '../statistics/summary';

/** How many journeys of a flow came to its end. */
export interface FlowCompletion {
  readonly flow: string;
  /** Completed ÷ ended journeys. */
  readonly completed: Proportion;
}

/** A step of a flow, as it was counted. */
export type CountedStep = Pick<TransitionHourRow, 'from' | 'to' | 'outcome' | 'count'>;

/** What a flow would gain, if one node were as good as its median node. */
export interface Improvement {
  readonly node: string;
  /** Of those at the node, the part that is dropped there. */
  readonly dropOff: number;
  /** What it would be. */
  readonly medianDropOff: number;
  /** The chance of a journey to be completed then. */
  readonly completion: number;
  /** How many more of the journeys that were counted would be completed. */
  readonly journeys: number;
}

/** Where the journeys of a flow go, as a chain without memory. */
export interface CompletionModel {
  /** The chance of a journey to be completed, from the steps alone. */
  readonly completion: number;
  /** How often each node is passed in a journey on average. */
  readonly visits: ReadonlyMap<string, number>;
  readonly journeys: number;
  /** The most worthwhile first. */
  readonly improvements: readonly Improvement[];
}

/** The part of the journeys of each flow that came to its end, with Wilson's interval. */
export function measureCompletion(
  journeys: readonly Pick<JourneyHourRow, 'flow' | 'outcome' | 'count'>[],
): readonly FlowCompletion[] {
  return [...groupBy(journeys, ({ flow }) => flow)].map(([flow, rows]) => {
    const completed = rows.filter(({ outcome }) => outcome === 'completed');
    return { flow, completed: measureProportion(sumCounts(completed), sumCounts(rows)) };
  });
}

const START = JSON.stringify(['']);
const DROPPED = toEnd('dropped');
const COMPLETED = toEnd('completed');

/**
 * The chance to complete one flow by its absorbing Markov chain, and what it would be if one node
 * dropped no more people than the flow's median node, everything else in proportion.
 */
export function modelCompletion(steps: readonly CountedStep[]): Answer<CompletionModel> {
  const transitions = steps.map(toTransition);
  const chain = absorb(transitions, START);
  if (chain.kind !== 'found') return chain;
  const completion = chain.value.ends.get(COMPLETED) ?? 0;
  const journeys = sumCounts(transitions.filter(({ from }) => from === START));
  const rates = measureExits(transitions);
  const medianDropOff = median([...rates.values()]);
  const improvements = [...rates]
    .filter(([, dropOff]) => dropOff > medianDropOff)
    .map(([state, dropOff]) => {
      const better = toCompletion(improve(transitions, { state, dropOff, medianDropOff }));
      const gained = (better - completion) * journeys;
      return { node: toNode(state), dropOff, medianDropOff, completion: better, journeys: gained };
    })
    .sort((a, b) => b.journeys - a.journeys);
  const visits = [...chain.value.visits].filter(([state]) => state !== START);
  return found({
    completion,
    visits: new Map(visits.map(([state, count]) => [toNode(state), count])),
    journeys,
    improvements,
  });
}

function toTransition({ from, to, outcome, count }: CountedStep): Transition {
  return { from: toState(from), to: to === '' ? toEnd(outcome) : toState(to), count };
}

function toState(node: string): string {
  return JSON.stringify([node]);
}

function toEnd(outcome: CountedStep['outcome']): string {
  return JSON.stringify({ outcome });
}

function toNode(state: string): string {
  return (JSON.parse(state) as [string])[0];
}

/** What is dropped at each node that somebody was dropped at. */
function measureExits(transitions: readonly Transition[]): ReadonlyMap<string, number> {
  const nodes = groupBy(
    transitions.filter(({ from }) => from !== START),
    ({ from }) => from,
  );
  const rates = [...nodes].map(([state, leaving]) => {
    const dropped = sumCounts(leaving.filter(({ to }) => to === DROPPED));
    return [state, dropped / sumCounts(leaving)] as const;
  });
  return new Map(rates.filter(([, rate]) => rate > 0));
}

interface Change {
  readonly state: string;
  readonly dropOff: number;
  readonly medianDropOff: number;
}

function improve(
  transitions: readonly Transition[],
  { state, dropOff, medianDropOff }: Change,
): readonly Transition[] {
  const kept = (1 - medianDropOff) / (1 - dropOff);
  return transitions.map((each) => {
    if (each.from !== state) return each;
    const factor = each.to === DROPPED ? medianDropOff / dropOff : kept;
    return { ...each, count: each.count * factor };
  });
}

function toCompletion(transitions: readonly Transition[]): number {
  const chain = absorb(transitions, START);
  return chain.kind === 'found' ? (chain.value.ends.get(COMPLETED) ?? 0) : 0;
}

function sumCounts(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}
