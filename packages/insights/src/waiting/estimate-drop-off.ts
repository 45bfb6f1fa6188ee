import { type Answer, found, notEnough } from '../answer';
import { groupBy, type Place, toPlaceKey } from '../places';
import type { Interval } from '../statistics/proportion';
import { estimateSurvival, findSurvivalStep } from '../statistics/survival';
import { type OpenWait, toObservations, type WaitOptions, type WaitRows } from './reply-times';

/** When silence becomes a drop. */
export interface DropEstimateOptions extends WaitOptions {
  /** @default 24 hours */
  readonly dropAfterMs?: number;
}

/** The part that will not have replied by the deadline, and from where to where it may be. */
export interface DropEstimate extends Interval {
  readonly dropOff: number;
  /** How many are settled, and how many may still do either. */
  readonly settled: number;
  readonly waiting: number;
}

/** The estimate for a node, or why there is none. */
export interface NodeDropEstimate extends Place {
  readonly answer: Answer<DropEstimate>;
}

const DAY_MS = 86_400_000;

/**
 * The drop-off of each node while many still wait: what the Kaplan–Meier curve of replies leaves at the
 * deadline, those who wait being censored. The rate of what is settled so far would be too low, since
 * replies are settled before drops are.
 */
export function estimateDropOff(
  { waits, open = [] }: WaitRows,
  options: DropEstimateOptions = {},
): readonly NodeDropEstimate[] {
  const openAt = groupBy(open, toPlaceKey);
  return [...groupBy(waits, toPlaceKey)].map(([key, rows]) => ({
    flow: rows[0]?.flow ?? '',
    node: rows[0]?.node ?? '',
    answer: estimate({ waits: rows, open: openAt.get(key) ?? [] }, options),
  }));
}

function estimate(
  { waits, open }: Required<WaitRows>,
  { dropAfterMs = DAY_MS, needed = 10, ...options }: DropEstimateOptions,
): Answer<DropEstimate> {
  const settled = sumCounts(waits);
  if (settled < needed) return notEnough('Too few waits are settled.', { had: settled, needed });
  const curve = estimateSurvival(toObservations('replied', { waits, open }), options);
  const step = findSurvivalStep(curve, dropAfterMs / 1000);
  if (!step) return notEnough('Nobody has replied yet.', { had: 0, needed: 1 });
  const { survival: dropOff, low, high } = step;
  return found({ dropOff, low, high, settled, waiting: sumCounts(open) });
}

function sumCounts(rows: readonly Pick<OpenWait, 'count'>[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}
