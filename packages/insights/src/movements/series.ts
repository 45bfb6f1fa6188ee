import type { Timestamp } from '@turnspan/core';
import type { MessageEvent, MessageHourRow, SignalHourRow, VisitHourRow } from '@turnspan/journal';
import { groupBy, toPlaceKey } from '../places';

/** Who may be to blame. */
export type Subject =
  | { readonly kind: 'node'; readonly flow: string; readonly node: string }
  | { readonly kind: 'template'; readonly template: string };

/** What can move for the worse; `volume` only moves. */
export type Measure =
  | 'drop_off'
  | 'confusion'
  | 'loop'
  | 'bot_failure'
  | 'slow_answer'
  | 'slow_reply'
  | 'opt_out'
  | 'negative_feedback'
  | 'failed_message'
  | 'unread'
  | 'volume';

/** How often something happened in an hour, or how large it was all together. */
export interface SeriesHour {
  readonly hour: Timestamp;
  readonly count: number;
  readonly total: number;
}

/** One measure of one subject, hour by hour. */
export interface Series {
  readonly subject: Subject;
  readonly measure: Measure;
  /** A rate is count ÷ total; a mean is count ÷ total of any size; a volume is the total alone. */
  readonly scale: 'rate' | 'mean' | 'volume';
  readonly hours: readonly SeriesHour[];
}

/** What can be looked through. */
export interface EvidenceRows {
  readonly visits?: readonly VisitHourRow[];
  readonly signals?: readonly SignalHourRow[];
  readonly messages?: readonly MessageHourRow[];
}

/** Makes a series of everything that is known of every node and every template. */
export function toSeries({
  visits = [],
  signals = [],
  messages = [],
}: EvidenceRows): readonly Series[] {
  const signalsOf = groupBy(signals, toPlaceKey);
  const nodes = [...groupBy(visits, toPlaceKey)].flatMap(([key, rows]) =>
    toNodeSeries(rows, signalsOf.get(key) ?? []),
  );
  const known = messages.filter(({ template, node }) => template !== '' || node !== '');
  const subjects = groupBy(known, (row) => JSON.stringify(toMessageSubject(row)));
  return [...nodes, ...[...subjects.values()].flatMap(toMessageSeries)];
}

function toNodeSeries(
  visits: readonly VisitHourRow[],
  signals: readonly SignalHourRow[],
): readonly Series[] {
  const { flow = '', node = '' } = visits[0] ?? {};
  const subject: Subject = { kind: 'node', flow, node };
  const settled = visits.map(({ hour, count }) => ({ hour, count: 0, total: count }));
  const mark = (wanted: (row: SignalHourRow) => boolean) => [
    ...settled,
    ...signals.filter(wanted).map(({ hour, count }) => ({ hour, count, total: 0 })),
  ];
  const measure = (outcome: VisitHourRow['outcome']) =>
    visits.map((row) => ({
      hour: row.hour,
      count: row.outcome === outcome ? row.count : 0,
      total: row.count,
    }));
  return [
    { subject, measure: 'drop_off', scale: 'rate', hours: measure('dropped') },
    { subject, measure: 'bot_failure', scale: 'rate', hours: measure('failed') },
    { subject, measure: 'confusion', scale: 'rate', hours: mark(isConfusion) },
    { subject, measure: 'loop', scale: 'rate', hours: mark(({ signal }) => signal === 'loop') },
    { subject, measure: 'slow_answer', scale: 'mean', hours: visits.flatMap(toProcessing) },
    { subject, measure: 'slow_reply', scale: 'mean', hours: visits.flatMap(toReply) },
    { subject, measure: 'volume', scale: 'volume', hours: settled },
  ];
}

function isConfusion({ signal }: SignalHourRow): boolean {
  return signal !== 'loop' && signal !== 'return';
}

/** Visits that end so have no processing time. */
const UNPROCESSED: readonly string[] = ['dropped', 'not_engaged', 'undelivered', 'failed'];

function toProcessing(row: VisitHourRow): readonly SeriesHour[] {
  if (UNPROCESSED.includes(row.outcome)) return [];
  return [{ hour: row.hour, count: row.processing_seconds_sum, total: row.count }];
}

function toReply({ hour, wait_count, wait_seconds_sum }: VisitHourRow): readonly SeriesHour[] {
  return wait_count > 0 ? [{ hour, count: wait_seconds_sum, total: wait_count }] : [];
}

function toMessageSubject({ template, flow, node }: MessageHourRow): Subject {
  return template === '' ? { kind: 'node', flow, node } : { kind: 'template', template };
}

function toMessageSeries(messages: readonly MessageHourRow[]): readonly Series[] {
  const [first] = messages;
  if (!first) return [];
  const subject = toMessageSubject(first);
  const of = (counted: MessageEvent, base: MessageEvent): readonly SeriesHour[] =>
    messages.map(({ hour, event, count }) => ({
      hour,
      count: event === counted ? count : 0,
      total: event === base ? count : 0,
    }));
  const unread = messages.map(({ hour, event, count }) => ({
    hour,
    count: toSign(event) * count,
    total: event === 'delivered' ? count : 0,
  }));
  const volume: Series = {
    subject,
    measure: 'volume',
    scale: 'volume',
    hours: of('sent', 'sent'),
  };
  return [
    { subject, measure: 'opt_out', scale: 'rate', hours: of('opted_out', 'sent') },
    {
      subject,
      measure: 'negative_feedback',
      scale: 'rate',
      hours: of('negative_feedback', 'sent'),
    },
    { subject, measure: 'failed_message', scale: 'rate', hours: of('failed', 'sent') },
    { subject, measure: 'unread', scale: 'rate', hours: unread },
    ...(subject.kind === 'template' ? [volume] : []),
  ];
}

function toSign(event: MessageEvent): number {
  if (event === 'delivered') return 1;
  return event === 'read' ? -1 : 0;
}
