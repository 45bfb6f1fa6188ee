import uPlot from 'uplot';
import type { Colours } from './use-colours';

/** Where the plots of a page begin and end, so that what is above each other has the same time. */
export const PLOT = { left: 56, right: 14, axis: 26 } as const;

/** What all plots of a value with its interval have in common. */
export interface BandChart {
  readonly colours: Colours;
  /** The colour of the value. */
  readonly tone: string;
  readonly toText: (value: number) => string;
  readonly scaleX: uPlot.Scale;
  /** Undefined leaves the times out, where a plot below tells them. */
  readonly axisX: uPlot.Axis | undefined;
  /** The largest value that makes sense. */
  readonly most?: number;
  /** True draws steps. */
  readonly stepped?: boolean;
  /** Charts of one name show the same moment. */
  readonly cursorKey?: string;
  readonly onCursor?: (index: number | undefined) => void;
}

/** A line with a band around it; where nothing is known there is neither. */
export function toBandOptions(chart: BandChart): Omit<uPlot.Options, 'width' | 'height'> {
  const { colours, tone, toText, scaleX, axisX, most = Number.POSITIVE_INFINITY } = chart;
  const grid = { stroke: colours.line, width: 1 };
  const axis = {
    stroke: colours.muted,
    font: toFont(),
    ticks: { show: false },
  };
  const paths = toPaths(chart);
  return {
    padding: [10, PLOT.right, axisX ? 0 : 6, 0],
    legend: { show: false },
    cursor: {
      drag: { x: false, y: false },
      y: false,
      points: { size: 7 },
      ...(chart.cursorKey !== undefined && { sync: { key: chart.cursorKey } }),
    },
    scales: {
      x: scaleX,
      y: { range: (_, __, high) => [0, Math.min(most, (high || 1) * 1.12)] },
    },
    axes: [
      { ...axis, grid, size: PLOT.axis, show: axisX !== undefined, ...axisX },
      { ...axis, grid, size: PLOT.left, space: 34, values: (_, all) => all.map(toText) },
    ],
    series: [
      {},
      { stroke: tone, width: 2, points: { size: 5, fill: tone }, ...paths },
      { stroke: 'transparent', points: { show: false }, ...paths },
      { stroke: 'transparent', points: { show: false }, ...paths },
    ],
    bands: [{ series: [3, 2], fill: `${tone}2e` }],
    hooks: { setCursor: [({ cursor: { idx } }) => chart.onCursor?.(idx ?? undefined)] },
  };
}

/** As large as the small texts around it. */
function toFont(): string {
  const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return `${Math.round(size * 0.74)}px system-ui, sans-serif`;
}

/** Without a point on every step. */
function toPaths({ stepped = false }: BandChart): Pick<uPlot.Series, 'paths' | 'points'> {
  const paths = stepped ? uPlot.paths.stepped?.({ align: 1 }) : undefined;
  return paths ? { paths, points: { show: false } } : {};
}
