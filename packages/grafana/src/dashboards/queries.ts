import { METRICS, type MetricName } from '@turnspan/prometheus';
import { DEFAULT_CONFIG } from '../config';
import { toDuration } from '../durations';

/** Labels that a dashboard can be narrowed down by, each with a variable of the same name. */
const FILTERED: readonly string[] = ['channel', 'line', 'flow', 'node', 'experiment', 'variant'];

/** What of a metric is meant. */
export interface Selection {
  /** A series of a histogram. */
  readonly part?: '_bucket' | '_sum' | '_count';
  /** Matchers beyond those of the variables. */
  readonly where?: string;
  /** Labels to keep apart. */
  readonly by?: string;
  /** A label whose variable is left out of account. */
  readonly across?: string;
}

/** Selects the samples of a metric, narrowed down by every variable that it has a label for. */
export function select(metric: MetricName, selection: Selection = {}): string {
  const { part = '', where = '', across } = selection;
  const labels = METRICS[metric].labels.filter(
    (label) => FILTERED.includes(label) && label !== across,
  );
  return toSelector(metric + part, { labels: ['job', 'instance', ...labels], where });
}

/** Selects what a recording rule recorded; the labels it kept are the beginning of its name. */
export function selectRecorded(name: string, where = ''): string {
  const [level = ''] = name.split(':');
  const labels = level.split('_').filter((label) => label === 'job' || FILTERED.includes(label));
  return toSelector(name, { labels, where });
}

/** How fast a counter grows per second, at the resolution of the panel. */
export function rate(metric: MetricName, selection: Selection = {}): string {
  return sum(`rate(${select(metric, selection)}[$__rate_interval])`, selection.by);
}

/** By how much a counter grew in each step of the panel. */
export function step(metric: MetricName, selection: Selection = {}): string {
  return sum(`increase(${select(metric, selection)}[$__rate_interval])`, selection.by);
}

/** By how much a counter grew in the time range of the dashboard. */
export function total(metric: MetricName, selection: Selection = {}): string {
  return sum(`increase(${select(metric, selection)}[$__range])`, selection.by);
}

/** Average of what a histogram observed. */
export function mean(metric: MetricName, selection: Selection = {}): string {
  const sums = rate(metric, { ...selection, part: '_sum' });
  return `${sums} / (${rate(metric, { ...selection, part: '_count' })} > 0)`;
}

/** Value that a share of what a histogram observed does not exceed. */
export function quantile(share: number, metric: MetricName, selection: Selection = {}): string {
  return `histogram_quantile(${share}, ${rate(metric, toBuckets(selection))})`;
}

/** The same over the whole time range of the dashboard. */
export function totalQuantile(
  share: number,
  metric: MetricName,
  selection: Selection = {},
): string {
  return `histogram_quantile(${share}, ${total(metric, toBuckets(selection))})`;
}

/** The same of buckets that were recorded in steps, in all whole steps of the time range. */
export function recordedQuantile(
  share: number,
  name: string,
  { by = '', where = '' }: Selection,
): string {
  const steps = `sum_over_time(${selectRecorded(name, where)}[$__range:${STEP}])`;
  return `histogram_quantile(${share}, ${sum(steps, `le, ${by}`)})`;
}

/** The pieces in which counts are recorded. */
export const STEP: string = toDuration(DEFAULT_CONFIG.durations.step);

/** Adds up over everything but the given labels. */
export function sum(query: string, by = ''): string {
  return by === '' ? `sum(${query})` : `sum by (${by}) (${query})`;
}

/** The one value of what every process tells about all of them. */
export function shared(metric: MetricName, { by = '', ...selection }: Selection = {}): string {
  const query = select(metric, selection);
  return by === '' ? `max(${query})` : `max by (${by}) (${query})`;
}

/** A part of a whole: 0 where the part was never counted, absent where there is no whole. */
export function ratio(part: string, whole: string): string {
  return `${orZero(part, whole)} / (${whole} > 0)`;
}

/** A count that is 0 wherever only the whole was counted. */
export function orZero(part: string, whole: string): string {
  return `(${part} or 0 * ${whole})`;
}

/** Matches what bears a variant. */
export const IN_VARIANT = 'variant!=""';

/** Gives series a label with a fixed value. */
export function mark(query: string, label: string, value: string): string {
  return `label_replace(${query}, "${label}", "${value}", "", "")`;
}

function toBuckets({ by = '', ...selection }: Selection): Selection {
  return { ...selection, part: '_bucket', by: by === '' ? 'le' : `le, ${by}` };
}

function toSelector(
  name: string,
  { labels, where }: { readonly labels: readonly string[]; readonly where: string },
): string {
  const matchers = labels.map((label) => `${label}=~"$${label}"`);
  return `${name}{${[...matchers, where].filter((matcher) => matcher !== '').join(', ')}}`;
}
