import type { Timestamp } from '@turnspan/core';
import type { ConfusionRow, ReturnRow, VisitRow } from '../tables';
import { toHour } from '../whole-ms';
import { toBound } from './duration-bounds';
import type {
  NodeHour,
  NodeSignal,
  RunHour,
  SignalHourRow,
  VisitHourRow,
  WaitEnd,
  WaitHourRow,
} from './hour-rows';

type RunAt = Omit<RunHour, 'hour'> & { readonly at: Timestamp };
type NodeAt = Omit<NodeHour, 'hour'> & { readonly at: Timestamp };

/** A visit, as far as it is added up. */
export type CountedVisit = NodeAt &
  Pick<VisitRow, 'outcome' | 'asked_at' | 'wait_seconds' | 'processing_seconds' | 'loop_period'>;

/** A confusion, as far as it is added up. */
export type CountedConfusion = NodeAt & Pick<ConfusionRow, 'signal'>;

/** A return, as far as it is added up. */
export type CountedReturn = NodeAt & Pick<ReturnRow, 'node'>;

/** Counts how visits ended, and how long they took. */
export function toVisitHours(visits: readonly CountedVisit[]): readonly VisitHourRow[] {
  return visits.map((visit) => ({
    ...toNodeHour(visit),
    outcome: visit.outcome,
    count: 1,
    wait_count: visit.wait_seconds === null ? 0 : 1,
    wait_seconds_sum: visit.wait_seconds ?? 0,
    processing_seconds_sum: visit.processing_seconds ?? 0,
  }));
}

/** Counts how long people took to reply, and for how long those had waited who did not. */
export function toWaitHours(visits: readonly CountedVisit[]): readonly WaitHourRow[] {
  return visits.flatMap((visit) => {
    const { at, asked_at, wait_seconds } = visit;
    if (asked_at === null) return [];
    const seconds = toBound(wait_seconds ?? Math.max(0, at - asked_at) / 1000);
    return [{ ...toNodeHour(visit), end: toEnd(visit), seconds, count: 1 }];
  });
}

/** What can bear a signal. */
export interface SignalSources {
  readonly visits: readonly CountedVisit[];
  readonly confusions: readonly CountedConfusion[];
  readonly returns: readonly CountedReturn[];
}

/** Counts the signs of confusion, the returns and the loops. */
export function toSignalHours(sources: SignalSources): readonly SignalHourRow[] {
  const { visits, confusions, returns } = sources;
  const loops = visits.filter(({ loop_period }) => loop_period !== null);
  return [
    ...confusions.map((row) => toSignalHour(row, row.signal)),
    ...returns.map((row) => toSignalHour(row, 'return')),
    ...loops.map((row) => toSignalHour(row, 'loop')),
  ];
}

/** The hour of what happened, and where that was. */
export function toRunHour({ at, flow, version, variant, channel, line }: RunAt): RunHour {
  return { hour: toHour(at), flow, version, variant, channel, line };
}

function toNodeHour(row: NodeAt): NodeHour {
  return { ...toRunHour(row), node: row.node };
}

function toSignalHour(row: NodeAt, signal: NodeSignal): SignalHourRow {
  return { ...toNodeHour(row), signal, count: 1 };
}

function toEnd({ wait_seconds, outcome }: CountedVisit): WaitEnd {
  if (wait_seconds !== null) return 'replied';
  return outcome === 'dropped' ? 'dropped' : 'other';
}
