import type { Timestamp } from '@turnspan/core';
import { toSubject } from './series';
import type { QualityChangeRow, QualityFactRow, QualityObservationRow } from './tables';
import type { TimelineEntry } from './types';

/** The history of one series. */
export interface SeriesHistory {
  /** Its latest fact, which knows what the subject is called now. */
  readonly fact: QualityFactRow;
  /** Oldest first. */
  readonly changes: readonly QualityChangeRow[];
  /** When somebody kept an eye on it, oldest first. */
  readonly observations: readonly Pick<QualityObservationRow, 'from_at' | 'to_at'>[];
  readonly now: Timestamp;
  /** How long after an observation what was seen is still believed. */
  readonly gapAfterMs: number;
}

interface Span {
  readonly from: Timestamp;
  readonly to: Timestamp;
}

/** Puts values and knowledge on one axis: what was so when, and when nobody knew. */
export function buildTimeline(history: SeriesHistory): readonly TimelineEntry[] {
  const known = toKnownSpans(history);
  const changes = history.changes.filter((change, index) => isNews(change, history.changes, index));
  const entries: TimelineEntry[] = [];
  for (const [index, change] of changes.entries()) {
    const span = { from: change.at, to: changes[index + 1]?.at ?? Number.POSITIVE_INFINITY };
    for (const piece of cut(span, known)) addEntry(entries, toEntry(history, change, piece));
  }
  return entries;
}

/** Of several changes at the same time the last one told holds. */
function isNews(
  change: QualityChangeRow,
  changes: readonly QualityChangeRow[],
  index: number,
): boolean {
  return changes[index + 1]?.at !== change.at;
}

/** What was seen a moment ago is still so. */
function toKnownSpans({ observations, now, gapAfterMs }: SeriesHistory): readonly Span[] {
  return observations.map(({ from_at, to_at }, index) => {
    const isCurrent = index === observations.length - 1 && now - to_at <= gapAfterMs;
    return { from: from_at, to: isCurrent ? Number.POSITIVE_INFINITY : to_at };
  });
}

interface Piece extends Span {
  readonly known: boolean;
}

/** Cuts a span where knowledge begins or ends. */
function cut(span: Span, known: readonly Span[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = span.from;
  for (const each of known) {
    const begin = Math.max(each.from, from);
    const end = Math.min(each.to, span.to);
    if (begin >= end) continue;
    if (begin > from) pieces.push({ from, to: begin, known: false });
    pieces.push({ from: begin, to: end, known: true });
    from = end;
  }
  if (from < span.to) pieces.push({ from, to: span.to, known: false });
  return pieces;
}

function toEntry(
  { fact }: SeriesHistory,
  { attribute, key, value, source, reason }: QualityChangeRow,
  { from, to, known }: Piece,
): TimelineEntry {
  return {
    subject: toSubject(fact),
    attribute,
    key: key === '' ? undefined : key,
    value: known ? value : undefined,
    from,
    to: to === Number.POSITIVE_INFINITY ? undefined : to,
    source: known ? source : undefined,
    reason: known ? (reason ?? undefined) : undefined,
    known,
  };
}

/** Two processes that find out the same make one entry, and so do two gaps in a row. */
function addEntry(entries: TimelineEntry[], entry: TimelineEntry): void {
  const last = entries.at(-1);
  const goesOn =
    last !== undefined &&
    last.to === entry.from &&
    last.known === entry.known &&
    last.value === entry.value &&
    last.reason === entry.reason;
  if (goesOn) entries[entries.length - 1] = { ...last, to: entry.to };
  else entries.push(entry);
}
