import { PanelBuilder as BarPanelBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import {
  BarGaugeDisplayMode,
  BarGaugeNamePlacement,
  BarGaugeValueMode,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
  VizOrientation,
} from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as StatPanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { frame, type PanelFrame } from '../frame';

/** Shows one number, or one per series, in large. */
export function createNumber(panel: PanelFrame): StatPanelBuilder {
  return frame(new StatPanelBuilder(), panel)
    .graphMode(BigValueGraphMode.None)
    .colorMode(BigValueColorMode.Value)
    .textMode(BigValueTextMode.Auto)
    .reduceOptions(createLast());
}

/** Ranks series by their last value. */
export function createRanking(panel: PanelFrame): BarPanelBuilder {
  return frame(new BarPanelBuilder(), panel)
    .displayMode(BarGaugeDisplayMode.Basic)
    .valueMode(BarGaugeValueMode.Text)
    .namePlacement(BarGaugeNamePlacement.Left)
    .orientation(VizOrientation.Horizontal)
    .showUnfilled(false)
    .minVizHeight(16)
    .maxVizHeight(24)
    .reduceOptions(createLast())
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Fixed).fixedColor('semi-dark-blue'))
    .noValue('none');
}

function createLast(): ReduceDataOptionsBuilder {
  return new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false).fields('');
}
