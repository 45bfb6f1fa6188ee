import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dataquery as PrometheusQuery } from '@grafana/grafana-foundation-sdk/prometheus';
import { DATA_SOURCE } from './data-sources';

/** What every panel has, however it draws. */
export interface PanelFrame {
  /** Names the panel in links for good, whatever its title becomes. */
  readonly key: string;
  /** A question or a fact. */
  readonly title: string;
  readonly description: string;
  readonly unit: string;
  /** In units of Grafana's grid. */
  readonly height: number;
  readonly targets: readonly Builder<PrometheusQuery>[];
}

interface FramedBuilder extends Builder<Panel> {
  id(id: number): this;
  title(title: string): this;
  description(description: string): this;
  datasource(datasource: DataSourceRef): this;
  unit(unit: string): this;
  height(height: number): this;
  targets(targets: Builder<Dataquery>[]): this;
}

/** Gives a panel all that every panel has. */
export function frame<B extends FramedBuilder>(builder: B, panel: PanelFrame): B {
  return builder
    .id(toPanelId(panel.key))
    .title(panel.title)
    .description(panel.description)
    .datasource(DATA_SOURCE)
    .unit(panel.unit)
    .height(panel.height)
    .targets(panel.targets.map(toNamed));
}

/** Queries without a name get a letter. */
function toNamed(target: Builder<PrometheusQuery>, index: number): Builder<Dataquery> {
  const query = target.build();
  const refId = query.refId ?? String.fromCharCode('A'.charCodeAt(0) + index);
  return { build: () => ({ ...query, refId }) };
}

/** A number that stays the same wherever the panel moves: Grafana wants numbers. */
function toPanelId(key: string): number {
  let hash = 7;
  for (const character of key) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 999_983;
  return hash + 1;
}
