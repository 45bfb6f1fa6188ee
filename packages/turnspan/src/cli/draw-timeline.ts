import type { TimelineEntry } from '@turnspan/store-sqlite';
import type { ReportStyle } from './draw-report';
import { formatDuration, formatTime } from './format-time';
import { formatValue, nameOf } from './quality-words';
import { type Column, drawTable } from './table';
import { widthOf, wrap } from './text-width';

const WIDTH = 80;
const COLUMNS: readonly Column[] = [
  { title: 'from (UTC)', width: 16 },
  { title: 'to', width: 16 },
  { title: 'how long', width: 10 },
  { title: 'value', width: 13 },
  { title: 'source', width: 7 },
];

/** Draws a table for each subject and attribute; a time in which nobody looked is a line too. */
export function drawTimeline(entries: readonly TimelineEntry[], style: ReportStyle): string {
  if (entries.length === 0) return 'The journal knows nothing of it.';
  const series = new Map<string, TimelineEntry[]>();
  for (const entry of entries) {
    const title = titleOf(entry);
    const known = series.get(title);
    if (known) known.push(entry);
    else series.set(title, [entry]);
  }
  return [...series].map(([title, of]) => drawSeries(title, of, style)).join('\n\n');
}

function titleOf({ subject, attribute, key }: TimelineEntry): string {
  const name = nameOf(subject);
  const what = key === undefined ? attribute : `${attribute} ${key}`;
  return `${subject.kind} ${name === '' ? subject.id : `${name}, ${subject.id}`}: ${what}`;
}

function drawSeries(
  title: string,
  entries: readonly TimelineEntry[],
  { now, paint }: ReportStyle,
): string {
  const rows = entries.map(({ from, to, value, source, reason, known }) => [
    formatTime(from),
    to === undefined ? 'now' : formatTime(to),
    formatDuration((to ?? now) - from),
    known ? formatValue(value ?? '') : 'nobody looked',
    source ?? '',
    reason ?? '',
  ]);
  return `${wrap(title, WIDTH).join('\n')}\n${drawTable([...COLUMNS, reasonFor(rows)], rows, paint)}`;
}

/** What the other columns leave; where they are full it is eight. */
function reasonFor(rows: readonly (readonly string[])[]): Column {
  const widths = COLUMNS.map(({ title, width }, index) =>
    Math.min(width, Math.max(...[title, ...rows.map((row) => row[index] ?? '')].map(widthOf))),
  );
  return { title: 'reason', width: WIDTH - widths.reduce((sum, width) => sum + width + 2, 0) };
}
