import {
  LegendDisplayMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  FieldColorBuilder,
  FieldColorModeId,
  MappingType,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { frame, type PanelFrame } from '../frame';
import { ALL_STATES, type State } from '../states';
import { AXIS_WIDTH } from './lines';

/** Draws which state lasted from when to when; where nothing is known there is a gap. */
export function createStateTimeline(panel: PanelFrame): PanelBuilder {
  return frame(new PanelBuilder(), panel)
    .mappings(toMappings(ALL_STATES))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .mergeValues(true)
    .showValue(VisibilityMode.Auto)
    .rowHeight(0.85)
    .lineWidth(0)
    .fillOpacity(70)
    .spanNulls(false)
    .axisWidth(AXIS_WIDTH)
    .legend(new VizLegendOptionsBuilder().showLegend(false).displayMode(LegendDisplayMode.List))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi));
}

/** Text and color of states by their code. */
export function toMappings(states: readonly State[]): ValueMapping[] {
  const rows = states.map(({ code, text, color }) => [String(code), { text, color }]);
  return [{ type: MappingType.ValueToText, options: Object.fromEntries(rows) }];
}
