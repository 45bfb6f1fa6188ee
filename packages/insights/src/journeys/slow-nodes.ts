import type { VisitOutcome } from '@turnspan/core';
import type { VisitHourRow } from '@turnspan/journal';
import { type CalendarOptions, toDay } from '../calendar';
import { groupBy, type Place, toPlaceKey } from '../places';
import { studentTail } from '../statistics/distributions';
import { addFalseDiscovery } from '../statistics/false-discovery';
import { mean, median, variance } from '../statistics/summary';

/** What slowness is measured from. */
export type ProcessedVisits = Pick<
  VisitHourRow,
  'hour' | 'flow' | 'node' | 'outcome' | 'count' | 'processing_seconds_sum'
>;

/** What counts as slow. */
export interface SlowNodesOptions extends CalendarOptions {
  /** How many times as slow as its flow-mates a node may be. @default 2 */
  readonly tolerance?: number;
  /** How many days have to be known. @default 7 */
  readonly days?: number;
}

/** How long the bot itself takes at a node. */
export interface SlowNode extends Place {
  readonly meanSeconds: number;
  /** The median of the means of its flow-mates. */
  readonly matesSeconds: number;
  /** How long people waited beyond that, all together. */
  readonly excessSeconds: number;
  readonly p: number;
  readonly q: number;
}

/** Visits that end so have no processing time. */
const UNPROCESSED: readonly VisitOutcome[] = ['dropped', 'not_engaged', 'undelivered', 'failed'];

interface DayMean {
  readonly seconds: number;
  readonly count: number;
}

interface NodeDays extends Place {
  readonly days: ReadonlyMap<number, DayMean>;
}

/**
 * Which nodes keep people waiting, first the one with the most seconds beyond its flow-mates. Tested
 * day by day: Student's t of log(own mean ÷ tolerance × median of the mates' means), upwards.
 */
export function rankSlowNodes(
  visits: readonly ProcessedVisits[],
  { tolerance = 2, days = 7, ...calendar }: SlowNodesOptions = {},
): readonly SlowNode[] {
  const nodes = [...groupBy(visits.filter(isProcessed), toPlaceKey).values()].map((rows) =>
    toNodeDays(rows, calendar),
  );
  const flows = groupBy(nodes, ({ flow }) => flow);
  const compared = nodes.flatMap((node) => {
    const mates = (flows.get(node.flow) ?? []).filter((each) => each !== node);
    const ratios = toDailyRatios(node, mates);
    return ratios.length < Math.max(2, days) ? [] : [compare(node, { mates, ratios, tolerance })];
  });
  return [...addFalseDiscovery(compared)].sort((a, b) => b.excessSeconds - a.excessSeconds);
}

function isProcessed({ outcome, count }: ProcessedVisits): boolean {
  return count > 0 && !UNPROCESSED.includes(outcome);
}

function toNodeDays(rows: readonly ProcessedVisits[], calendar: CalendarOptions): NodeDays {
  const days = groupBy(rows, ({ hour }) => toDay(hour, calendar));
  return {
    flow: rows[0]?.flow ?? '',
    node: rows[0]?.node ?? '',
    days: new Map([...days].map(([day, hours]) => [day, toDayMean(hours)])),
  };
}

function toDayMean(rows: readonly ProcessedVisits[]): DayMean {
  const count = rows.reduce((sum, row) => sum + row.count, 0);
  return { count, seconds: rows.reduce((sum, row) => sum + row.processing_seconds_sum, 0) / count };
}

function toDailyRatios(node: NodeDays, mates: readonly NodeDays[]): readonly number[] {
  return [...node.days].flatMap(([day, { seconds }]) => {
    const others = mates.flatMap(({ days }) => days.get(day)?.seconds ?? []);
    const usual = others.length > 0 ? median(others) : 0;
    return usual > 0 && seconds > 0 ? [Math.log(seconds / usual)] : [];
  });
}

interface Comparison {
  readonly mates: readonly NodeDays[];
  readonly ratios: readonly number[];
  readonly tolerance: number;
}

function compare(
  { flow, node, days }: NodeDays,
  { mates, ratios, tolerance }: Comparison,
): Omit<SlowNode, 'q'> {
  const own = toOverallMean(days);
  const matesSeconds = median(mates.map((mate) => toOverallMean(mate.days).seconds));
  const error = Math.sqrt(variance(ratios) / ratios.length);
  const above = mean(ratios) - Math.log(tolerance);
  return {
    flow,
    node,
    meanSeconds: own.seconds,
    matesSeconds,
    excessSeconds: Math.max(0, own.seconds - matesSeconds) * own.count,
    p: error > 0 ? studentTail(above / error, ratios.length - 1) : Number(above <= 0),
  };
}

function toOverallMean(days: ReadonlyMap<number, DayMean>): DayMean {
  let count = 0;
  let seconds = 0;
  for (const day of days.values()) {
    count += day.count;
    seconds += day.seconds * day.count;
  }
  return { count, seconds: count > 0 ? seconds / count : 0 };
}
