import type { WaitEnd, WaitHourRow } from '@turnspan/journal';
import { type Answer, found, notEnough } from '../answer';
import { groupBy, type Place, toPlaceKey } from '../places';
import {
  estimateSurvival,
  findSurvivalMedian,
  type SurvivalMedian,
  type SurvivalObservation,
  type SurvivalOptions,
  type SurvivalStep,
} from '../statistics/survival';

/** What a wait tells about time. */
export type CountedWait = Pick<WaitHourRow, 'flow' | 'node' | 'end' | 'seconds' | 'count'>;

/** People who wait now and may still do either. */
export interface OpenWait extends Place {
  /** For how long they have been waiting. */
  readonly seconds: number;
  readonly count: number;
}

/** What the time to an end is estimated from. */
export interface WaitRows {
  readonly waits: readonly CountedWait[];
  /** @default nobody waits */
  readonly open?: readonly OpenWait[];
}

/** How the time to an end is estimated. */
export interface WaitOptions extends SurvivalOptions {
  /** How often it has to have happened. @default 10 */
  readonly needed?: number;
}

/** How long people take at a node. */
export interface WaitCurve {
  readonly median: SurvivalMedian;
  readonly curve: readonly SurvivalStep[];
  /** How often it happened, and of how many waits. */
  readonly happened: number;
  readonly total: number;
}

/** The curve of a node, or why there is none. */
export interface NodeWait extends Place {
  readonly answer: Answer<WaitCurve>;
}

/** How long people take to reply at each node: everything but a reply censors. */
export function estimateTimeToReply(
  rows: WaitRows,
  options: WaitOptions = {},
): readonly NodeWait[] {
  return estimateTimeTo('replied', rows, options);
}

/**
 * How long it takes until people are given up at each node: everything but a drop censors. Where each
 * node has one deadline, the curve falls at that deadline.
 */
export function estimateTimeToDrop(rows: WaitRows, options: WaitOptions = {}): readonly NodeWait[] {
  return estimateTimeTo('dropped', rows, options);
}

/** Turns waits into what a survival curve is made of. */
export function toObservations(
  end: WaitEnd,
  { waits, open = [] }: WaitRows,
): readonly SurvivalObservation[] {
  return [
    ...waits.map((wait) => ({ time: wait.seconds, happened: wait.end === end, count: wait.count })),
    ...open.map(({ seconds, count }) => ({ time: seconds, happened: false, count })),
  ];
}

function estimateTimeTo(
  end: WaitEnd,
  { waits, open = [] }: WaitRows,
  options: WaitOptions,
): readonly NodeWait[] {
  const openAt = groupBy(open, toPlaceKey);
  return [...groupBy(waits, toPlaceKey)].map(([key, rows]) => ({
    flow: rows[0]?.flow ?? '',
    node: rows[0]?.node ?? '',
    answer: estimateCurve(
      toObservations(end, { waits: rows, open: openAt.get(key) ?? [] }),
      options,
    ),
  }));
}

function estimateCurve(
  observations: readonly SurvivalObservation[],
  { needed = 10, ...options }: WaitOptions,
): Answer<WaitCurve> {
  let happened = 0;
  let total = 0;
  for (const each of observations) {
    total += each.count ?? 1;
    if (each.happened) happened += each.count ?? 1;
  }
  if (happened < needed) return notEnough('It happened too rarely.', { had: happened, needed });
  const curve = estimateSurvival(observations, options);
  return found({ median: findSurvivalMedian(curve), curve, happened, total });
}
