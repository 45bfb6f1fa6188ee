import type { Timestamp } from '@turnspan/core';
import type {
  HourTable,
  HourTables,
  JourneyHourRow,
  QualityChangeRow,
  TimelineEntry,
  VisitHourRow,
} from '@turnspan/journal';
import type { PathVisit } from '../paths/variants';
import type {
  LoopHourRow,
  MessageHourRow,
  NodeJourneyHourRow,
  ResponseHourRow,
  SignalHourRow,
  TransitionHourRow,
  WaitHourRow,
} from '../rows';
import {
  DAY_MS,
  HOUR_MS,
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
  /** By days, of all flows. */
  readonly journeys: readonly JourneyHourRow[];
  /** Added up over the period, or its last five weeks if it is longer. */
  readonly transitions: readonly TransitionHourRow[];
  readonly nodeJourneys: readonly NodeJourneyHourRow[];
  readonly loops: readonly LoopHourRow[];
  /** Added up over the last week of the period. */
  readonly waits: readonly WaitHourRow[];
  /** By hours over the last four weeks before the end of the period, by days before. */
  readonly responses: readonly ResponseHourRow[];
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
/** A week, and the four weeks before it. */
const PAST_DAYS = 36;
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
  const journeys = await reader.read('journey_hours', { since, until, stepMs: DAY_MS });
  const flows = flow === undefined ? findFlows(journeys) : [flow];
  const sums = await readSums(reader);
  const [visits, signals, messages, responses] = await Promise.all([
    reader.readByDays('visit_hours'),
    reader.readByDays('signal_hours'),
    reader.readDays('message_hours'),
    readResponses(reader),
  ]);
  const byDays = { visits, signals, messages, responses, byDaysFrom: reader.byDaysFrom };
  return {
    journeys,
    ...sums,
    ...byDays,
    paths: await reader.step(() => readPaths(source, { since, until, flows, journeysPerFlow })),
    changes: await reader.step(() => readChanges(source, { since, until })),
    timeline: await reader.step(() => readTimeline(source, { since, until })),
    countedSince: await reader.step(() => source.countedSince('transition_hours')),
  };
}

async function readSums(
  reader: RowReader,
): Promise<Pick<ReportRows, 'transitions' | 'nodeJourneys' | 'loops' | 'waits'>> {
  const { until } = reader.period;
  const since = Math.max(reader.period.since, until - PAST_DAYS * DAY_MS);
  const [transitions, nodeJourneys, loops, waits] = await Promise.all([
    reader.readSum('transition_hours', since),
    reader.readSum('node_journey_hours', since),
    reader.readSum('loop_hours', since),
    reader.readSum('wait_hours', Math.max(since, until - WAIT_DAYS * DAY_MS)),
  ]);
  return { transitions, nodeJourneys, loops, waits };
}

/** Tables, parts of tables and other steps of {@link readRows}. */
const STEPS = 16;

interface ReaderOptions {
  readonly period: ReportQuery;
  readonly onProgress: (done: number) => void;
}

/** Reads parts of tables, and tells how far it is. */
class RowReader {
  readonly period: ReportQuery;
  readonly byDaysFrom: Timestamp;
  readonly #source: RowSource;
  readonly #onProgress: (done: number) => void;
  #done = 0;

  constructor(source: RowSource, { period, onProgress }: ReaderOptions) {
    this.period = period;
    this.byDaysFrom = toDaysBegin(period);
    this.#source = source;
    this.#onProgress = onProgress;
  }

  read<T extends HourTable>(
    table: T,
    query: Parameters<RowSource['hours']>[1],
  ): Promise<readonly HourTables[T][]> {
    const isNothing = query.until <= query.since;
    return this.step(async () => (isNothing ? [] : this.#source.hours(table, query)));
  }

  readDays<T extends HourTable>(table: T): Promise<readonly HourTables[T][]> {
    const { until, flow } = this.period;
    return this.read(table, { since: this.byDaysFrom, until, flow, stepMs: DAY_MS });
  }

  async readByDays<T extends HourTable>(table: T): Promise<readonly HourTables[T][]> {
    const { since, flow } = this.period;
    const until = this.byDaysFrom;
    const earlier = { since, until, flow, stepMs: Math.max(HOUR_MS, until - since) };
    return [...(await this.read(table, earlier)), ...(await this.readDays(table))];
  }

  readSum<T extends HourTable>(table: T, since: Timestamp): Promise<readonly HourTables[T][]> {
    const { until, flow } = this.period;
    return this.read(table, { since, until, flow, stepMs: Math.max(HOUR_MS, until - since) });
  }

  async step<T>(run: () => Promise<T>): Promise<T> {
    const result = await run();
    this.#done += 1;
    this.#onProgress(this.#done / STEPS);
    return result;
  }
}

/** Days begin as the period does, as far back as what is held against the past needs. */
function toDaysBegin({ since, until }: ReportPeriod): Timestamp {
  return since + Math.floor((until - PAST_DAYS * DAY_MS - since) / DAY_MS) * DAY_MS;
}

async function readResponses(reader: RowReader): Promise<readonly ResponseHourRow[]> {
  const { since, until, flow } = reader.period;
  const hourly = { since: until - PEAK_DAYS * DAY_MS, until, flow };
  const daily = { since, until: hourly.since, flow, stepMs: DAY_MS };
  return [
    ...(await reader.read('response_hours', daily)),
    ...(await reader.read('response_hours', hourly)),
  ];
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
