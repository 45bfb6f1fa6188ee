import {
  AxisPlacement,
  GraphDrawStyle,
  LegendPlacement,
  LineInterpolation,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { frame, type PanelFrame } from '../frame';
import { createTracesLink } from '../links';

/** How lines are drawn beyond what every panel has. */
export interface LinesOptions {
  /** Smallest step, below which there are too few people to say anything. */
  readonly interval?: string;
  /** Highest value, where there is one. */
  readonly max?: number;
  /** Puts the legend to the right, with these calculations. */
  readonly legend?: readonly string[];
  /** Leads to the traces of the moment. */
  readonly traces?: boolean;
  /** Colors of lines that mean something good or bad, by name. */
  readonly colors?: Readonly<Record<string, string>>;
}

/** Width of all vertical axes, so that panels above each other share one axis of time. */
export const AXIS_WIDTH = 72;

/** Draws values over time as lines. */
export function createLines(panel: PanelFrame, options: LinesOptions = {}): PanelBuilder {
  const { interval, max, legend, traces = false, colors = {} } = options;
  const builder = frame(new PanelBuilder(), panel)
    .drawStyle(GraphDrawStyle.Line)
    .lineInterpolation(LineInterpolation.Linear)
    .lineWidth(1)
    .fillOpacity(8)
    .showPoints(VisibilityMode.Never)
    .spanNulls(false)
    .min(0)
    .axisPlacement(AxisPlacement.Left)
    .axisWidth(AXIS_WIDTH)
    .tooltip(
      new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending),
    )
    .legend(createLegend(legend));
  if (interval !== undefined) builder.interval(interval);
  if (max !== undefined) builder.max(max);
  for (const [name, color] of Object.entries(colors)) {
    builder.overrideByName(name, [{ id: 'color', value: { mode: 'fixed', fixedColor: color } }]);
  }
  return traces ? builder.dataLinks([createTracesLink()]) : builder;
}

/** Draws counts over time as bars on top of each other. */
export function createBars(panel: PanelFrame, options: LinesOptions = {}): PanelBuilder {
  return createLines(panel, options)
    .drawStyle(GraphDrawStyle.Bars)
    .lineWidth(0)
    .fillOpacity(70)
    .stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'));
}

function createLegend(calculations: readonly string[] | undefined): VizLegendOptionsBuilder {
  const legend = new VizLegendOptionsBuilder().showLegend(true);
  if (calculations === undefined) return legend.placement(LegendPlacement.Right).width(180);
  return legend
    .asTable(true)
    .placement(LegendPlacement.Bottom)
    .calcs([...calculations]);
}
