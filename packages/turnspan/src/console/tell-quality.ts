import {
  type Period,
  QUALITY_SERIES,
  type QualityDocument,
  type QualityMark,
  type QualitySeries,
  type QualityTrack,
  type SeriesPoint,
} from '@turnspan/console';
import { measureProportion } from '@turnspan/insights';
import type {
  JourneyHourRow,
  ResponseHourRow,
  TimelineEntry,
  VisitHourRow,
} from '@turnspan/journal';

/** What the history of quality, and of what the bot did meanwhile, is made of. */
export interface QualityRows {
  readonly timeline: readonly TimelineEntry[];
  readonly visits: readonly VisitHourRow[];
  readonly journeys: readonly JourneyHourRow[];
  readonly responses: readonly ResponseHourRow[];
  readonly investigations: readonly { readonly id: string; readonly at: number }[];
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long a point of the series is: short enough to see something, long enough to count something. */
export function toPointMs({ since, until }: Period): number {
  if (until - since <= 2 * DAY_MS) return HOUR_MS;
  return until - since <= 15 * DAY_MS ? 6 * HOUR_MS : DAY_MS;
}

/** The states of quality over time, and the series of what the bot did below them. */
export function tellQuality(rows: QualityRows, period: Period): QualityDocument {
  return {
    period,
    tracks: toTracks(rows.timeline),
    series: QUALITY_SERIES.map((name) => toSeries(name, rows, period)),
    marks: [...toInvestigationMarks(rows, period), ...toVersionMarks(rows, period)],
  };
}

function toTracks(timeline: readonly TimelineEntry[]): readonly QualityTrack[] {
  const tracks = new Map<string, { track: QualityTrack; entries: TimelineEntry[] }>();
  for (const entry of timeline) {
    const { subject, attribute, key } = entry;
    const name = JSON.stringify([subject.kind, subject.id, attribute, key]);
    const known = tracks.get(name) ?? newTrack({ subject, attribute, key });
    known.entries.push(entry);
    tracks.set(name, known);
  }
  return [...tracks.values()].map(({ track, entries }) => ({ ...track, entries }));
}

function newTrack(about: Omit<QualityTrack, 'entries'>) {
  return { track: { ...about, entries: [] }, entries: [] as TimelineEntry[] };
}

interface Counted {
  readonly count: number;
  readonly total: number;
}

function toSeries(name: QualitySeries['name'], rows: QualityRows, period: Period): QualitySeries {
  const isRate = name === 'drop_off' || name === 'completion';
  const sums = new Map<number, Counted>();
  for (const { hour, count, total } of COUNTS[name](rows)) {
    const known = sums.get(hour) ?? { count: 0, total: 0 };
    sums.set(hour, { count: known.count + count, total: known.total + total });
  }
  const width = toPointMs(period);
  const length = Math.max(1, Math.ceil((period.until - period.since) / width));
  const points = Array.from({ length }, (_, index) => {
    const since = period.since + index * width;
    const span = { since, until: Math.min(period.until, since + width) };
    return toPoint(span, sums.get(since) ?? { count: 0, total: 0 }, isRate);
  });
  return { name, unit: isRate ? 'rate' : 'seconds', points };
}

function toPoint(span: Period, { count, total }: Counted, isRate: boolean): SeriesPoint {
  if (total === 0) return { ...span, value: undefined, interval: undefined, total };
  if (!isRate) return { ...span, value: count / total, interval: undefined, total };
  const { rate, low, high } = measureProportion(count, total);
  return { ...span, value: rate, interval: { low, high }, total };
}

type Count = Counted & { readonly hour: number };

const COUNTS: Readonly<Record<QualitySeries['name'], (rows: QualityRows) => readonly Count[]>> = {
  drop_off: ({ visits }) => {
    const nodes = new Set(
      visits
        .filter(({ outcome, wait_count }) => outcome === 'dropped' || wait_count > 0)
        .map(({ flow, node }) => JSON.stringify([flow, node])),
    );
    return visits
      .filter(({ flow, node }) => nodes.has(JSON.stringify([flow, node])))
      .map((row) => toCount(row, 'dropped'));
  },
  completion: ({ journeys }) => journeys.map((row) => toCount(row, 'completed')),
  first_response: ({ responses }) => responses.filter(({ first }) => first === 1).map(toDuration),
  response: ({ responses }) => responses.map(toDuration),
};

function toCount(
  { hour, outcome, count }: Pick<JourneyHourRow | VisitHourRow, 'hour' | 'outcome' | 'count'>,
  wanted: string,
): Count {
  return { hour, count: outcome === wanted ? count : 0, total: count };
}

function toDuration({ hour, count, seconds_sum }: ResponseHourRow): Count {
  return { hour, count: seconds_sum, total: count };
}

function toInvestigationMarks(
  { investigations }: QualityRows,
  { since, until }: Period,
): readonly QualityMark[] {
  return investigations
    .filter(({ at }) => at >= since && at < until)
    .map(({ id, at }) => ({ kind: 'investigation', at, id }));
}

/** Where a version was seen first, if there was another one before. */
function toVersionMarks({ journeys }: QualityRows, { since }: Period): readonly QualityMark[] {
  const first = new Map<string, QualityMark & { readonly kind: 'version' }>();
  for (const { flow, version, hour } of [...journeys].sort((a, b) => a.hour - b.hour)) {
    const key = JSON.stringify([flow, version]);
    if (!first.has(key)) first.set(key, { kind: 'version', at: hour, flow, version });
  }
  return [...first.values()].filter(({ at, flow }) =>
    [...first.values()].some((other) => other.flow === flow && other.at < at && at > since),
  );
}
