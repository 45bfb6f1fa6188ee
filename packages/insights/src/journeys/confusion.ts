import { CONFUSION_SIGNALS } from '@turnspan/core';
import type {
  NodeJourneyHourRow,
  SignalHourRow,
  VisitHourRow,
  WaitHourRow,
} from '@turnspan/journal';
import type { Answer } from '../answer';
import {
  compareWithMates,
  type MatesComparison,
  type MatesOptions,
  type PlaceCount,
} from '../mates';
import { addUp, groupBy, type Place, toPlaceKey } from '../places';
import { addFalseDiscovery } from '../statistics/false-discovery';
import { type JourneyLoss, measureLoss } from './loss';
import { countSlowReplies } from './slow-replies';

/** What confusion is ranked from. */
export interface ConfusionRows {
  readonly visits: readonly Pick<
    VisitHourRow,
    'flow' | 'node' | 'count' | 'wait_count' | 'outcome'
  >[];
  readonly signals: readonly Pick<SignalHourRow, 'flow' | 'node' | 'signal' | 'count'>[];
  /** @default what confusion costs is not known */
  readonly journeys?: readonly Pick<
    NodeJourneyHourRow,
    'flow' | 'node' | 'outcome' | 'confused' | 'count'
  >[];
  /** @default hesitation is no sign */
  readonly waits?: readonly Pick<WaitHourRow, 'flow' | 'node' | 'end' | 'seconds' | 'count'>[];
}

/** How confusion is told from chance. */
export interface ConfusionOptions extends MatesOptions {
  /** Which part of the nodes that are called confusing may be so by chance. @default 0.05 */
  readonly falseDiscoveryRate?: number;
}

/** One kind of sign at a node. */
export interface SignalComparison extends MatesComparison {
  readonly signal: string;
}

/** How confusing a node is, and what that costs. */
export interface NodeConfusion extends Place {
  /** The sum over all signs of how far the lower bound of their rate is above the flow-mates' rate. */
  readonly score: number;
  /** The clearest sign's, times the number of signs. */
  readonly p: number;
  readonly q: number;
  /** True if it is more than chance. */
  readonly confusing: boolean;
  readonly lost: Answer<JourneyLoss>;
  /** The clearest sign first. */
  readonly signals: readonly SignalComparison[];
}

/**
 * Which nodes confuse: those that do beyond chance first, and of them the one that costs the most
 * journeys. Chance is Bonferroni over the signs of a node, Benjamini–Hochberg over all nodes.
 */
export function rankConfusion(
  rows: ConfusionRows,
  { falseDiscoveryRate = 0.05, ...options }: ConfusionOptions = {},
): readonly NodeConfusion[] {
  const comparisons = compareSignals(rows, options);
  const journeysOf = groupBy(rows.journeys ?? [], toPlaceKey);
  const nodes = [...groupBy(comparisons, toPlaceKey)].map(([key, signals]) => {
    const sorted = signals.sort((a, b) => a.p - b.p);
    const { flow, node, p } = sorted[0] as SignalComparison;
    const journeys = journeysOf.get(key) ?? [];
    return {
      flow,
      node,
      score: sorted.reduce((sum, each) => sum + toScore(each), 0),
      p: Math.min(1, p * sorted.length),
      lost: measureLoss(
        journeys.filter(({ confused }) => confused === 1),
        journeys.filter(({ confused }) => confused === 0),
      ),
      signals: sorted,
    };
  });
  return addFalseDiscovery(nodes)
    .map((node) => ({ ...node, confusing: node.q <= falseDiscoveryRate }))
    .sort(byCost);
}

function compareSignals(
  { visits, signals, waits = [] }: ConfusionRows,
  options: MatesOptions,
): readonly SignalComparison[] {
  const asked = [...groupBy(visits, toPlaceKey).values()]
    .filter((rows) =>
      rows.some(({ wait_count, outcome }) => wait_count > 0 || outcome === 'dropped'),
    )
    .map((rows) => toTotal(rows));
  const told = CONFUSION_SIGNALS.map((signal) => {
    const mine = signals.filter((row) => row.signal === signal);
    const counts = addUp(mine.map((row) => [toPlaceKey(row), row.count] as const));
    const places = asked.map((place) => ({ ...place, count: counts.get(toPlaceKey(place)) ?? 0 }));
    return { signal: signal as string, places };
  });
  return [...told, { signal: 'slow_reply', places: countSlowReplies(waits) }].flatMap(
    ({ signal, places }) => compareWithMates(places, options).map((each) => ({ ...each, signal })),
  );
}

function toTotal(rows: readonly (Place & { readonly count: number })[]): PlaceCount {
  const { flow, node } = rows[0] as Place;
  return { flow, node, count: 0, total: rows.reduce((sum, { count }) => sum + count, 0) };
}

function toScore({ own, mates }: SignalComparison): number {
  return mates.rate === undefined ? 0 : Math.max(0, own.low - mates.rate);
}

function byCost(a: NodeConfusion, b: NodeConfusion): number {
  return (
    Number(b.confusing) - Number(a.confusing) || toJourneys(b) - toJourneys(a) || b.score - a.score
  );
}

/** Where nothing is known of the cost, nothing is assumed. */
function toJourneys({ lost }: NodeConfusion): number {
  return lost.kind === 'found' ? Math.max(0, lost.value.journeys) : 0;
}
