import { type Answer, found, notEnough } from '../answer';
import { groupBy, type Place, toPlaceKey } from '../places';
import { estimateSurvival, findSurvivalMedian } from '../statistics/survival';
import { type CountedWait, toObservations } from './reply-times';

/** When a wait is unusual. */
export interface StallOptions {
  /** Which part of those who reply does so by then. @default 0.95 */
  readonly replied?: number;
  /** How many replies have to be known. @default 60 */
  readonly needed?: number;
  /** No shorter than that. @default one minute */
  readonly shortestMs?: number;
  /** No longer than that. @default twelve hours */
  readonly longestMs?: number;
}

/** After how long a wait at a node is a sign. */
export interface StallSuggestion {
  readonly stallAfterMs: number;
  /** From where to where the true quantile may be, with 95 % confidence; undefined beyond what was seen. */
  readonly lowMs: number | undefined;
  readonly highMs: number | undefined;
  readonly replies: number;
}

/** The suggestion for a node, or why there is none. */
export interface NodeStall extends Place {
  readonly answer: Answer<StallSuggestion>;
}

/**
 * After how long `stallAfterMs` should call a wait at each node stalled: when 95 % of those who reply at
 * all have replied there.
 */
export function suggestStallAfter(
  waits: readonly CountedWait[],
  options: StallOptions = {},
): readonly NodeStall[] {
  const replies = groupBy(waits, toPlaceKey);
  return [...replies.values()].map((rows) => ({
    flow: rows[0]?.flow ?? '',
    node: rows[0]?.node ?? '',
    answer: suggest(
      rows.filter(({ end }) => end === 'replied'),
      options,
    ),
  }));
}

function suggest(
  waits: readonly CountedWait[],
  { replied = 0.95, needed = 60, shortestMs = 60_000, longestMs = 12 * 3_600_000 }: StallOptions,
): Answer<StallSuggestion> {
  const replies = waits.reduce((sum, { count }) => sum + count, 0);
  if (replies < needed) return notEnough('There are too few replies.', { had: replies, needed });
  const curve = estimateSurvival(toObservations('replied', { waits }));
  const { value = 0, low, high } = findSurvivalMedian(curve, 1 - replied);
  return found({
    stallAfterMs: Math.min(longestMs, Math.max(shortestMs, Math.ceil(value * 1000))),
    lowMs: low === undefined ? undefined : low * 1000,
    highMs: high === undefined ? undefined : high * 1000,
    replies,
  });
}
