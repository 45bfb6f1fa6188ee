import type { JourneyHourRow, VisitHourRow } from '@turnspan/journal';
import type { Answer } from '../answer';
import type { PeriodComparison } from '../comparison/compare-periods';
import { compareFlowPeriods, compareVersions } from '../comparison/compare-versions';
import { measureDropOff } from '../journeys/drop-off';
import { groupBy, type Place, toPlaceKey } from '../places';
import {
  type Difference,
  measureDifference,
  measureProportion,
  type Proportion,
} from '../statistics/proportion';
import { HOUR_MS, type ReportPeriod, type RowSource, toWholeHours } from './row-source';

/** What is compared: two periods, or two versions of one flow within a period. */
export type ComparisonQuery =
  | {
      readonly kind: 'periods';
      readonly before: ReportPeriod;
      readonly after: ReportPeriod;
      /** @default all flows, one by one */
      readonly flow?: string | undefined;
    }
  | {
      readonly kind: 'versions';
      readonly flow: string;
      readonly before: string;
      readonly after: string;
      readonly period: ReportPeriod;
    };

/** What two sides are compared in. */
export interface ComparisonRows {
  /** By hours, of all flows. */
  readonly journeys: readonly JourneyHourRow[];
  readonly before: readonly VisitHourRow[];
  readonly after: readonly VisitHourRow[];
}

/** How a flow differs on both sides. */
export interface FlowComparison {
  readonly flow: string;
  readonly completed: Answer<PeriodComparison>;
  readonly dropped: Answer<PeriodComparison>;
}

/** How the drop-off of a node differs on both sides. */
export interface NodeComparison extends Place {
  readonly before: Proportion;
  readonly after: Proportion;
  /** After − before, with an interval for this node on its own. */
  readonly difference: Answer<Difference>;
}

/** What differs between two sides. Nobody was drawn by lot, so something else may be why. */
export interface ComparisonReport {
  readonly kind: 'observational';
  readonly query: ComparisonQuery;
  readonly flows: readonly FlowComparison[];
  /** What got worse most surely first. */
  readonly nodes: readonly NodeComparison[];
}

/** Reads what a comparison needs. */
export async function readComparisonRows(
  source: Pick<RowSource, 'hours'>,
  query: ComparisonQuery,
): Promise<ComparisonRows> {
  const [before, after] = toPeriods(query);
  const { flow } = query;
  const visitsOf = ({ since, until }: ReportPeriod) =>
    source.hours('visit_hours', { since, until, flow, stepMs: Math.max(HOUR_MS, until - since) });
  const visits = [await visitsOf(before), await visitsOf(after)] as const;
  const period = {
    since: Math.min(before.since, after.since),
    until: Math.max(before.until, after.until),
  };
  const journeys = await source.hours('journey_hours', period);
  if (query.kind === 'periods') return { journeys, before: visits[0], after: visits[1] };
  return {
    journeys,
    before: visits[0].filter(({ version }) => version === query.before),
    after: visits[1].filter(({ version }) => version === query.after),
  };
}

/** Compares two periods, or two versions of a flow: how journeys end, and where people are dropped. */
export function compareReports(rows: ComparisonRows, query: ComparisonQuery): ComparisonReport {
  return {
    kind: 'observational',
    query,
    flows: findFlows(rows.journeys, query).map((flow) => ({
      flow,
      completed: compareFlow(rows.journeys, { query, flow, outcome: 'completed' }),
      dropped: compareFlow(rows.journeys, { query, flow, outcome: 'dropped' }),
    })),
    nodes: compareNodes(rows),
  };
}

function toPeriods(query: ComparisonQuery): readonly [ReportPeriod, ReportPeriod] {
  if (query.kind === 'periods') return [toWholeHours(query.before), toWholeHours(query.after)];
  const period = toWholeHours(query.period);
  return [period, period];
}

function findFlows(journeys: readonly JourneyHourRow[], query: ComparisonQuery): readonly string[] {
  if (query.flow !== undefined) return [query.flow];
  const [before, after] = toPeriods(query);
  const isIn = ({ hour }: JourneyHourRow, { since, until }: ReportPeriod) =>
    hour >= since && hour < until;
  return [...groupBy(journeys, ({ flow }) => flow)]
    .filter(([, rows]) => [before, after].some((side) => rows.some((row) => isIn(row, side))))
    .map(([flow]) => flow)
    .sort();
}

interface Wanted {
  readonly query: ComparisonQuery;
  readonly flow: string;
  readonly outcome: 'completed' | 'dropped';
}

function compareFlow(
  journeys: readonly JourneyHourRow[],
  { query, flow, outcome }: Wanted,
): Answer<PeriodComparison> {
  if (query.kind === 'versions') {
    const { before, after } = query;
    return compareVersions(journeys, { flow, before, after, outcome });
  }
  const [before, after] = toPeriods(query);
  return compareFlowPeriods(journeys, {
    flow,
    outcome,
    before: [before.since, before.until],
    after: [after.since, after.until],
    utcOffsetMinutes: -(after.since % (24 * HOUR_MS)) / 60_000,
  });
}

function compareNodes({ before, after }: ComparisonRows): readonly NodeComparison[] {
  const earlier = measureDropOff({ visits: before });
  const later = measureDropOff({ visits: after });
  const first = new Map(earlier.map((node) => [toPlaceKey(node), node.perVisit]));
  const second = new Map(later.map((node) => [toPlaceKey(node), node.perVisit]));
  const nothing = measureProportion(0, 0);
  return [...new Map([...earlier, ...later].map((node) => [toPlaceKey(node), node]))]
    .map(([key, { flow, node }]) => {
      const sides = { before: first.get(key) ?? nothing, after: second.get(key) ?? nothing };
      return { flow, node, ...sides, difference: measureDifference(sides.after, sides.before) };
    })
    .sort((a, b) => toWorsening(b) - toWorsening(a));
}

/** By how much it got worse at least; what got better surely comes last. */
function toWorsening({ difference }: NodeComparison): number {
  if (difference.kind !== 'found') return 0;
  const { low, high } = difference.value;
  return low > 0 ? low : Math.min(0, high);
}
