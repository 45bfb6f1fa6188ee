import { PanelBuilder } from '@grafana/grafana-foundation-sdk/nodegraph';
import { frame, type PanelFrame } from '../frame';

/** Draws circles and arrows from tables that have the columns Grafana looks for. */
export function createGraph(panel: PanelFrame): PanelBuilder {
  return frame(new PanelBuilder(), panel);
}
