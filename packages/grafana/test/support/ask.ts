import { type DashboardQuery, fillVariables } from '../dashboard-queries';
import { readSelectors, type Selector } from '../dashboard-selectors';
import { FACTOR } from './live';
import type { RunningPrometheus } from './prometheus';
import { DAY, HOUR } from './time';

/** From when to when a dashboard looks, in seconds since the Unix epoch. */
export interface TimeRange {
  readonly from: number;
  readonly until: number;
}

const STEP_SECONDS = 5;
/** Times that a query names itself, which are shorter here. */
const OWN_TIMES = /(?<=\[|offset |:)\d+[dh]\b/g;

/** How many series a query of a dashboard gives, whenever somebody looks in that time. */
export async function countAnswers(
  prometheus: RunningPrometheus,
  query: DashboardQuery,
  range: TimeRange,
): Promise<number> {
  const expr = fill(query.expr, range);
  const [, selector, label] = /^label_values\((.+), (\w+)\)$/s.exec(expr) ?? [];
  if (selector !== undefined) return countLabelValues(prometheus, `${label}`, { selector, range });
  const [, inner = expr] = /^query_result\((.+)\)$/s.exec(expr) ?? [];
  const { result } = await prometheus.api<Matrix>('query_range', {
    query: inner,
    start: String(range.from),
    end: String(range.until),
    step: String(STEP_SECONDS),
  });
  return result.filter(({ values }) => values.some(([, value]) => value !== 'NaN')).length;
}

/** How many series a query takes in, added up over its selections; one that is repeated counts once. */
export async function countTouched(
  prometheus: RunningPrometheus,
  query: DashboardQuery,
  range: TimeRange,
): Promise<number> {
  const selections = new Set(readSelectors(fill(query.expr, range)).map(toSelector));
  const counts = [...selections].map((selection) => countSeries(prometheus, selection, range));
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

function fill(expr: string, { from, until }: TimeRange): string {
  const filled = fillVariables(expr, {
    __rate_interval: '10s',
    __interval: `${STEP_SECONDS}s`,
    __range: `${Math.round(until - from)}s`,
    last_change: String((from + until) / 2),
  });
  return filled.replace(OWN_TIMES, (own) => {
    const unit = own.endsWith('d') ? DAY : HOUR;
    return `${(Number.parseInt(own, 10) * unit) / FACTOR}ms`;
  });
}

function toSelector({ name, labels }: Selector): string {
  const matchers = Object.entries(labels).map(([label, value]) => {
    const [, operator, text] = /^(=~|!~|!=|=)(.*)$/s.exec(value) ?? [];
    return `${label}${operator}"${text}"`;
  });
  return `${name}{${matchers.join(',')}}`;
}

async function countSeries(
  prometheus: RunningPrometheus,
  selector: string,
  { from, until }: TimeRange,
): Promise<number> {
  const range = { start: String(from), end: String(until) };
  return (await prometheus.api<readonly unknown[]>('series', { 'match[]': selector, ...range }))
    .length;
}

async function countLabelValues(
  prometheus: RunningPrometheus,
  label: string,
  { selector, range }: { readonly selector: string; readonly range: TimeRange },
): Promise<number> {
  const { from, until } = range;
  const matching = { 'match[]': selector, start: String(from), end: String(until) };
  return (await prometheus.api<readonly string[]>(`label/${label}/values`, matching)).length;
}

interface Matrix {
  readonly result: readonly { readonly values: readonly (readonly [number, string])[] }[];
}
