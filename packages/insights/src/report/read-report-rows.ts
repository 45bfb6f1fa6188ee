import type { Timestamp } from '@turnspan/core';
import type {
  JourneyHourRow,
  LoopHourRow,
  MessageHourRow,
  NodeJourneyHourRow,
  QualityChangeRow,
  ResponseHourRow,
  SignalHourRow,
  TimelineEntry,
  TransitionHourRow,
  VisitHourRow,
  WaitHourRow,
} from '@turnspan/journal';
import type { PathVisit } from '../paths/variants';
import { PAST_DAYS, RowReader } from './row-reader';
import {
  DAY_MS,
  type ReportPeriod,
  type ReportQuery,
  type RowSource,
  toWholeHours,
} from './row-source';

/** All that a report is made of, as few rows as there can be. */
export interface ReportRows {
  /** By days, from four weeks before the last of the period on; what is earlier is in one sum. */
  readonly visits: readonly VisitHourRow[];
  readonly signals: readonly SignalHourRow[];
  readonly messages: readonly MessageHourRow[];
  /** From when on they are by days. */
  readonly byDaysFrom: Timestamp;
  /** Added up over the period, of all flows. */
  readonly journeys: readonly JourneyHourRow[];
  /** Added up over the period, or its last five weeks if it is longer. */
  readonly transitions: readonly TransitionHourRow[];
  readonly nodeJourneys: readonly NodeJourneyHourRow[];
  readonly loops: readonly LoopHourRow[];
  /** Added up over the last week of the period. */
  readonly waits: readonly WaitHourRow[];
  /** By days, over all flows. */
  readonly responses: readonly ResponseHourRow[];
  /** By hours over the last four weeks before the end of the period, whatever responded. */
  readonly responsesByHours: readonly ResponseHourRow[];
  /** Of the journeys that ended last, a few hundred of each flow. */
  readonly paths: readonly PathVisit[];
  readonly changes: readonly QualityChangeRow[];
  readonly timeline: readonly TimelineEntry[];
  /** From when on the younger tables of sums are whole; 0 if from the beginning. */
  readonly countedSince: Timestamp;
}

/** How rows are read. */
export interface ReadOptions {
  /** Journeys of each flow whose way is read. @default 300 */
  readonly journeysPerFlow?: number;
  /** Hears after each table how much of the work is done, from 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

/** Waits are in many rows for each node and hour, and change little. */
const WAIT_DAYS = 7;
const PEAK_DAYS = 28;
/** Beyond that, nobody reads their ways one by one. */
const MOST_FLOWS = 12;
const MOST_CHANGES = 1000;

/** Reads what a report on a period needs, most of it added up by the journal already. */
export async function readRows(
  source: RowSource,
  query: ReportQuery,
  { journeysPerFlow = 300, onProgress = () => undefined }: ReadOptions = {},
): Promise<ReportRows> {
  const period = toWholeHours(query);
  const { flow, since, until } = period;
  const reader = new RowReader(source, { period, onProgress });
  const [journeys, sums, days, responses] = await Promise.all([
    reader.readPeriod('journey_hours', { ...period, flow: undefined }, [...RUN, 'entry']),
    readSums(reader),
    readByDays(reader),
    readResponses(reader),
  ]);
  const flows = flow === undefined ? findFlows(journeys) : [flow];
  return {
    ...{ journeys, ...sums, ...days, ...responses, byDaysFrom: reader.byDaysFrom },
    paths: await reader.step(() => readPaths(source, { since, until, flows, journeysPerFlow })),
    changes: await reader.step(() => readChanges(source, { since, until })),
    timeline: await reader.step(() => readTimeline(source, { since, until })),
    countedSince: await reader.step(() => source.countedSince('transition_hours')),
  };
}

/** What a report tells nothing apart by. */
const LINE = ['channel', 'line'];
const RUN = ['version', 'variant', ...LINE];

async function readSums(
  reader: RowReader,
): Promise<Pick<ReportRows, 'transitions' | 'nodeJourneys' | 'loops' | 'waits'>> {
  const { period } = reader;
  const { until } = period;
  const since = Math.max(period.since, until - PAST_DAYS * DAY_MS);
  const past = { ...period, since };
  const week = { ...period, since: Math.max(since, until - WAIT_DAYS * DAY_MS) };
  const [transitions, nodeJourneys, loops, waits] = await Promise.all([
    reader.readPeriod('transition_hours', past, RUN),
    reader.readPeriod('node_journey_hours', past, RUN),
    reader.readPeriod('loop_hours', past, RUN),
    reader.readPeriod('wait_hours', week, RUN),
  ]);
  return { transitions, nodeJourneys, loops, waits };
}

async function readByDays(
  reader: RowReader,
): Promise<Pick<ReportRows, 'visits' | 'signals' | 'messages'>> {
  const [visits, signals, messages] = await Promise.all([
    reader.readAll('visit_hours', RUN),
    reader.readAll('signal_hours', RUN),
    reader.readDays('message_hours', LINE),
  ]);
  return { visits, signals, messages };
}

/** What tells responses apart. */
const RESPONSE = [...LINE, 'flow', 'responder', 'first', 'seconds'];

async function readResponses(
  reader: RowReader,
): Promise<Pick<ReportRows, 'responses' | 'responsesByHours'>> {
  const { since, until, flow } = reader.period;
  const days = { since, until, flow, merged: ['flow'], stepMs: DAY_MS };
  const hours = { since: until - PEAK_DAYS * DAY_MS, until, flow, merged: RESPONSE };
  const [responses, responsesByHours] = await Promise.all([
    reader.read('response_hours', days),
    reader.read('response_hours', hours),
  ]);
  return { responses, responsesByHours };
}

/** The flows with the most journeys. */
function findFlows(journeys: readonly JourneyHourRow[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { flow, count } of journeys) counts.set(flow, (counts.get(flow) ?? 0) + count);
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.slice(0, MOST_FLOWS).map(([flow]) => flow);
}

interface PathsQuery extends ReportPeriod {
  readonly flows: readonly string[];
  readonly journeysPerFlow: number;
}

async function readPaths(
  source: RowSource,
  { flows, journeysPerFlow: limit, ...period }: PathsQuery,
): Promise<readonly PathVisit[]> {
  const visits: PathVisit[] = [];
  for (const flow of flows) {
    for (const visit of await source.visitsOf({ flow, limit, ...period })) visits.push(visit);
  }
  return visits;
}

async function readChanges(
  source: RowSource,
  period: ReportPeriod,
): Promise<readonly QualityChangeRow[]> {
  const rows = await source.rows('quality_changes', { ...period, limit: MOST_CHANGES });
  // The columns are those of this very table.
  return rows as unknown as readonly QualityChangeRow[];
}

async function readTimeline(
  source: RowSource,
  period: ReportPeriod,
): Promise<readonly TimelineEntry[]> {
  const entries: TimelineEntry[] = [];
  for (const kind of ['portfolio', 'account', 'phone', 'template'] as const) {
    for (const entry of await source.timeline({ kind, ...period })) entries.push(entry);
  }
  return entries;
}
