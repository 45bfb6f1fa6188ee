import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type uPlot from 'uplot';
import type { QualitySeries, SeriesPoint } from '../../documents/quality';
import { type Page, usePage } from '../page';
import { toBandOptions } from '../parts/band-options';
import { Chart } from '../parts/chart';
import { useColours } from '../parts/use-colours';

const HEIGHT = 92;

/** One number over the time of the states above it. */
export function SeriesChart({
  series,
  isLast,
}: {
  readonly series: QualitySeries;
  /** True of the one that tells the time of all. */
  readonly isLast: boolean;
}): VNode {
  const page = usePage();
  const colours = useColours();
  const [index, setIndex] = useState<number | undefined>(undefined);
  const { period, format, language } = page;
  const options = useMemo(
    () =>
      toBandOptions({
        colours,
        tone: series.name === 'drop_off' ? colours.bad : colours.accent,
        toText: series.unit === 'rate' ? format.percent : format.seconds,
        most: series.unit === 'rate' ? 1 : Number.POSITIVE_INFINITY,
        scaleX: { time: true, range: () => [period.since / 1000, period.until / 1000] },
        axisX: isLast ? toAxis(page) : undefined,
        cursorKey: 'quality',
        onCursor: setIndex,
      }),
    [colours, series, period, language, isLast],
  );
  const data = useMemo(() => toColumns(series), [series]);
  const shown = series.points[index ?? -1] ?? findLastKnown(series);
  return (
    <figure class="series">
      <figcaption>
        <h3>{page.text.series[series.name]}</h3>
        <span>{shown && describe(series, shown, page)}</span>
      </figcaption>
      <Chart
        label={summarize(series, page)}
        height={isLast ? HEIGHT + 20 : HEIGHT}
        options={options}
        data={data}
      />
    </figure>
  );
}

/** Of a point of a series: its value with its interval, or that nobody knows it. */
export function sayValue(
  { unit }: QualitySeries,
  { value, interval }: SeriesPoint,
  { format, text }: Page,
): string {
  if (value === undefined) return text.quality.gap;
  if (unit === 'rate') {
    return `${format.percent(value)} ${interval ? format.interval(interval) : ''}`.trim();
  }
  return `${format.seconds(value)} ${interval ? format.secondsInterval(interval.low, interval.high) : ''}`.trim();
}

function describe(series: QualitySeries, point: SeriesPoint, page: Page): string {
  return `${page.format.moment(point.since)}: ${sayValue(series, point, page)}`;
}

function summarize(series: QualitySeries, page: Page): string {
  const known = series.points.filter(({ value }) => value !== undefined);
  const [first, last] = [known[0], known.at(-1)];
  const name = page.text.series[series.name];
  if (!first || !last) return `${name}: ${page.text.quality.gap}`;
  return `${name}: ${describe(series, first, page)}; ${describe(series, last, page)}`;
}

function findLastKnown({ points }: QualitySeries): SeriesPoint | undefined {
  return points.findLast(({ value }) => value !== undefined);
}

function toColumns({ points }: QualitySeries): [number[], ...(number | null)[][]] {
  return [
    points.map(({ since, until }) => (since + until) / 2000),
    points.map(({ value }) => value ?? null),
    points.map(({ value, interval }) => (value === undefined ? null : (interval?.low ?? value))),
    points.map(({ value, interval }) => (value === undefined ? null : (interval?.high ?? value))),
  ];
}

const DAY = 86_400;
const HOUR = 3600;

/** Hours where little time is shown, days where there is more. */
function toAxis({ format, period }: Page): uPlot.Axis {
  const isShort = period.until - period.since <= 2 * DAY * 1000;
  const steps = isShort ? [1, 2, 3, 6, 12] : [1, 2, 7, 14, 28];
  return {
    space: 64,
    incrs: steps.map((step) => step * (isShort ? HOUR : DAY)),
    values: (_, all) => all.map((at) => (isShort ? format.time : format.day)(at * 1000)),
  };
}
