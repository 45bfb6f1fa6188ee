import type { QualityKind, Timestamp } from '@turnspan/core';
import type { QualityReport, ReportedSubject, ReportedValue } from '@turnspan/whatsapp';
import { formatAgo, formatDuration, formatTime } from './format-time';
import { formatValue, HEADINGS, nameOf, rankOf } from './quality-words';
import { type Column, drawTable, type Paint } from './table';
import { wrap } from './text-width';

/** How a report is drawn. */
export interface ReportStyle {
  readonly now: Timestamp;
  readonly paint: Paint;
}

/** More than twice the longest interval at which something is polled by default. */
export const STALE_AFTER_MS: number = 2.5 * 3_600_000;

const SUBJECT_WIDTH = 21;
const COLUMNS: readonly Column[] = [
  { title: 'what', width: 15 },
  { title: 'value', width: 15 },
  { title: 'since', width: 10 },
  { title: 'observed', width: 11 },
];
const TITLES: Readonly<Record<QualityKind, string>> = {
  phone: 'number',
  template: 'template',
  account: 'account',
  portfolio: 'portfolio',
};

/** Draws all that is known as tables for 80 columns, what is rated worst first. */
export function drawReport(report: QualityReport, style: ReportStyle): string {
  const { phones, templates, accounts, portfolios } = report;
  const parts = [
    drawSubjects('phone', phones, style),
    drawSubjects('template', templates, style),
    drawSubjects('account', accounts, style),
    drawSubjects('portfolio', portfolios, style),
  ].filter((part) => part !== '');
  if (parts.length === 0) return 'The journal knows of no number, template or account yet.';
  const values = [...phones, ...templates, ...accounts, ...portfolios].flatMap(({ attributes }) =>
    Object.values(attributes),
  );
  return [...parts, ...drawWarning(values, style.now)].join('\n\n');
}

function drawSubjects(
  kind: QualityKind,
  subjects: readonly ReportedSubject[],
  style: ReportStyle,
): string {
  if (subjects.length === 0) return '';
  const rows = [...subjects]
    .sort((one, other) => severityOf(one) - severityOf(other))
    .flatMap((subject) => toRows(subject, style.now));
  const columns = [{ title: TITLES[kind], width: SUBJECT_WIDTH }, ...COLUMNS];
  return `${HEADINGS[kind]}\n${drawTable(columns, rows, style.paint)}`;
}

function severityOf({ attributes }: ReportedSubject): number {
  const rank = ['RED', 'YELLOW'].indexOf(attributes.rating?.value ?? '');
  return rank < 0 ? Number.POSITIVE_INFINITY : rank;
}

/** A line for each attribute; the name goes down the first column beside them. */
function toRows(subject: ReportedSubject, now: Timestamp): readonly (readonly string[])[] {
  const attributes = Object.entries(subject.attributes).sort(
    ([one], [other]) => rankOf(one) - rankOf(other),
  );
  const label = [nameOf(subject), subject.id]
    .filter((text) => text !== '')
    .flatMap((text) => wrap(text, SUBJECT_WIDTH));
  return attributes.map(([attribute, value], index) => {
    const isLast = index === attributes.length - 1;
    const labels = isLast ? label.slice(index) : label.slice(index, index + 1);
    return [labels.join('\n'), attribute.replace('.', '\n'), ...toCells(value, now)];
  });
}

function toCells(value: ReportedValue, now: Timestamp): readonly string[] {
  const { since, observedAt, until, reason } = value;
  const left = until === undefined ? [] : [`${formatDuration(until - now)} left`];
  const details = [...(reason === undefined ? [] : [reason]), ...left];
  const mark = isStale(value, now) ? ' !' : '';
  return [
    [formatValue(value.value), ...details].join('\n'),
    since === undefined ? '' : formatAgo(since, now),
    observedAt === undefined ? 'never' : `${formatAgo(observedAt, now)}${mark}`,
  ];
}

function isStale({ observedAt }: ReportedValue, now: Timestamp): boolean {
  return observedAt !== undefined && now - observedAt > STALE_AFTER_MS;
}

function drawWarning(values: readonly ReportedValue[], now: Timestamp): readonly string[] {
  const stale = values.filter((value) => isStale(value, now)).length;
  if (stale === 0) return [];
  const latest = Math.max(...values.flatMap(({ observedAt }) => observedAt ?? []));
  if (now - latest > STALE_AFTER_MS) {
    return [`! Nobody has looked since ${formatTime(latest)} UTC: it may be otherwise by now.`];
  }
  return [
    `! Not seen for more than ${formatDuration(STALE_AFTER_MS)}: it may be otherwise by now.`,
  ];
}
