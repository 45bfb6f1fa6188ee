import type { Period, Trouble } from '@turnspan/console';
import {
  type Answer,
  leaveOutParents,
  measureDropOff,
  type NodeConfusion,
  type NodeDropOff,
  type RowSource,
  rankConfusion,
  toWholeHours,
} from '@turnspan/insights';
import type {
  HourTable,
  HourTables,
  JourneyHourRow,
  LoopHourRow,
  NodeJourneyHourRow,
  SignalHourRow,
  TransitionHourRow,
  VisitHourRow,
  WaitHourRow,
} from '@turnspan/journal';

/** What is known of flows in a period, added up. */
export interface FlowRows {
  readonly visits: readonly VisitHourRow[];
  readonly signals: readonly SignalHourRow[];
  readonly nodeJourneys: readonly NodeJourneyHourRow[];
  readonly journeys: readonly JourneyHourRow[];
  readonly transitions: readonly TransitionHourRow[];
  readonly loops: readonly LoopHourRow[];
  readonly waits: readonly WaitHourRow[];
}

/** Which flow to read, and which of its versions. */
export interface FlowQuery {
  readonly period: Period;
  readonly flow?: string | undefined;
  readonly version?: string | undefined;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Waits are in many rows, and change little. */
const WAIT_DAYS = 14;

/** Reads what a map of one flow, or of all, is made of. */
export async function readFlowRows(
  source: Pick<RowSource, 'hours'>,
  query: FlowQuery,
): Promise<FlowRows> {
  const { since, until } = toWholeHours(query.period);
  const read = <T extends HourTable>(table: T, from: number = since) =>
    readSum(source, table, { ...query, period: { since: from, until } });
  const [visits, signals, nodeJourneys, journeys] = await Promise.all([
    read('visit_hours'),
    read('signal_hours'),
    read('node_journey_hours'),
    read('journey_hours'),
  ]);
  const [transitions, loops, waits] = await Promise.all([
    read('transition_hours'),
    read('loop_hours'),
    read('wait_hours', Math.max(since, until - WAIT_DAYS * DAY_MS)),
  ]);
  return { visits, signals, nodeJourneys, journeys, transitions, loops, waits };
}

/** The sums of a table over a whole period. */
async function readSum<T extends HourTable>(
  source: Pick<RowSource, 'hours'>,
  table: T,
  { period, flow, version }: FlowQuery,
): Promise<readonly HourTables[T][]> {
  const { since, until } = period;
  const stepMs = Math.max(HOUR_MS, until - since);
  const rows = await source.hours(table, { since, until, flow, stepMs });
  if (version === undefined) return rows;
  return rows.filter((row) => !('version' in row) || row.version === version);
}

/** How the nodes of flows do, each against the others of its flow. */
export interface NodeAnalyses {
  readonly dropOff: ReadonlyMap<string, NodeDropOff>;
  readonly confusion: ReadonlyMap<string, NodeConfusion>;
}

/** Measures drop-off and confusion of every node. */
export function analyseNodes({ visits, signals, nodeJourneys, waits }: FlowRows): NodeAnalyses {
  const rows = { visits: leaveOutParents(visits), signals, journeys: nodeJourneys };
  const byPlace = <T extends { readonly flow: string; readonly node: string }>(all: readonly T[]) =>
    new Map(all.map((each) => [placeKey(each), each]));
  return {
    dropOff: byPlace(measureDropOff(rows)),
    confusion: byPlace(rankConfusion({ ...rows, waits })),
  };
}

/** Names a node of a flow in a map. */
export function placeKey({ flow, node }: { readonly flow: string; readonly node: string }): string {
  return JSON.stringify([flow, node]);
}

const NEEDED = 30;
const SURE = 0.05;

/** How bad a node is; a node at which nobody owes an answer cannot be. */
export function toTrouble(
  place: { readonly flow: string; readonly node: string },
  { dropOff, confusion }: NodeAnalyses,
): Answer<Trouble> {
  const drops = dropOff.get(placeKey(place));
  if (!drops) return { kind: 'found', value: { score: 0, people: 0, clear: false } };
  const { total, low } = drops.own;
  if (total < NEEDED) {
    const reason = 'Too few visits are settled.';
    return { kind: 'not_enough_data', reason, had: total, needed: NEEDED };
  }
  const confused = confusion.get(placeKey(place));
  const beyond = Math.max(0, low - (drops.mates.rate ?? 1));
  const isDrop = drops.q <= SURE && drops.excess >= 1;
  const clear = isDrop || confused?.confusing === true;
  const score = Math.min(1, beyond + (confused?.score ?? 0));
  return { kind: 'found', value: { score, people: Math.floor(drops.excess), clear } };
}

/** Adds up counts. */
export function sumCounts(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}
