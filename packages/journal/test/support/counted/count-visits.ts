import type {
  ConfusionRow,
  NodeSignal,
  ResponseHourRow,
  ResponseRow,
  ReturnRow,
  SignalHourRow,
  VisitRow,
  WaitEnd,
  WaitHourRow,
} from '../../../src';
import { mergeCounts, toHour, toRunHour, toVisitKey } from './trails';

/** What happened at visits besides how they ended. */
export interface VisitMarks {
  readonly confusions?: readonly Pick<ConfusionRow, 'journey_id' | 'visit_index' | 'signal'>[];
  readonly returns?: readonly Pick<ReturnRow, 'journey_id' | 'visit_index'>[];
}

/** How exactly durations are kept. */
export interface DurationOptions {
  /**
   * Upper bounds, rising; what is longer than the last stays as it is.
   * @default every duration stays as it is
   */
  readonly bucketsSeconds?: readonly number[];
}

/** Counts signals by the hour in which their visit was settled, so that they are a part of its visits. */
export function countSignals(
  visits: readonly VisitRow[],
  { confusions = [], returns = [] }: VisitMarks,
): readonly SignalHourRow[] {
  const byKey = new Map(visits.map((visit) => [toVisitKey(visit), visit]));
  const looped = visits.filter(({ loop_period }) => loop_period !== null);
  return mergeCounts([
    ...confusions.flatMap((row) => toSignal(byKey.get(toVisitKey(row)), row.signal)),
    ...returns.flatMap((row) => toSignal(byKey.get(toVisitKey(row)), 'return')),
    ...looped.flatMap((visit) => toSignal(visit, 'loop')),
  ]);
}

/** Counts by hour how long people took to reply, and for how long those had waited who did not. */
export function countWaits(
  visits: readonly VisitRow[],
  { bucketsSeconds = [] }: DurationOptions = {},
): readonly WaitHourRow[] {
  const waits = visits.flatMap((visit): readonly WaitHourRow[] => {
    const { asked_at, wait_seconds, at, node } = visit;
    if (asked_at === null) return [];
    const seconds = toBucket(wait_seconds ?? Math.max(0, at - asked_at) / 1000, bucketsSeconds);
    return [{ ...toRunHour(visit), node, end: toEnd(visit), seconds, count: 1 }];
  });
  return mergeCounts(waits);
}

/** Counts by hour how long the bot or a person took to respond. */
export function countResponses(
  responses: readonly ResponseRow[],
  { bucketsSeconds = [] }: DurationOptions = {},
): readonly ResponseHourRow[] {
  const rows = responses.map(({ at, channel, line, flow, responder, first, seconds }) => ({
    named: {
      ...{ hour: toHour(at), channel, line, flow: flow ?? '', responder, first },
      seconds: toBucket(seconds, bucketsSeconds),
      count: 1,
    },
    seconds,
  }));
  const sums = new Map<string, number>();
  for (const { named, seconds } of rows) {
    const key = JSON.stringify(named);
    sums.set(key, (sums.get(key) ?? 0) + seconds);
  }
  return mergeCounts(rows.map(({ named }) => named)).map((row) => ({
    ...row,
    seconds_sum: sums.get(JSON.stringify({ ...row, count: 1 })) ?? 0,
  }));
}

function toSignal(visit: VisitRow | undefined, signal: NodeSignal): readonly SignalHourRow[] {
  return visit ? [{ ...toRunHour(visit), node: visit.node, signal, count: 1 }] : [];
}

function toEnd({ wait_seconds, outcome }: VisitRow): WaitEnd {
  if (wait_seconds !== null) return 'replied';
  return outcome === 'dropped' ? 'dropped' : 'other';
}

function toBucket(seconds: number, bounds: readonly number[]): number {
  return bounds.find((bound) => seconds <= bound) ?? seconds;
}
