import {
  BarGaugeDisplayMode,
  BarGaugeValueMode,
  TableCellDisplayMode,
  TableCellHeight,
  TableSortByFieldStateBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import type { DynamicConfigValue, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { frame, type PanelFrame } from '../frame';
import { merge, rename } from '../transformations';

/** A column of a table. */
export interface Column {
  /** Name of the query that fills it, or the label it shows. */
  readonly from: string;
  /** Empty for a column that only makes sure that there is a row. */
  readonly title: string;
  readonly unit?: string;
  readonly width?: number;
  /** Draws the value as a bar, too. */
  readonly bar?: boolean;
  /** Draws the value in the color of its state. */
  readonly mappings?: ValueMapping[];
}

/** How a table is drawn beyond what every panel has. */
export interface TableOptions {
  readonly columns: readonly Column[];
  /** Title of the column to sort by, the greatest first. */
  readonly sortBy: string;
}

/** Joins queries that have the same labels into the rows of one table. */
export function createTable(panel: PanelFrame, { columns, sortBy }: TableOptions): PanelBuilder {
  const names = panel.targets.map((target) => target.build().refId ?? '');
  const builder = frame(new PanelBuilder(), panel)
    .cellHeight(TableCellHeight.Sm)
    .filterable(false)
    .noValue('–')
    .sortBy([new TableSortByFieldStateBuilder().displayName(sortBy).desc(true)])
    .transformations([
      merge(),
      rename(columns.map(({ from, title }) => [toField(from, names), title])),
    ]);
  for (const each of columns.filter(({ title }) => title !== ''))
    builder.overrideByName(each.title, toProperties(each));
  return builder;
}

/** Grafana calls the values of a query after it, unless there is only one. */
function toField(from: string, names: readonly string[]): string {
  if (!names.includes(from)) return from;
  return names.length === 1 ? 'Value' : `Value #${from}`;
}

function toProperties({ unit, width, bar, mappings }: Column): DynamicConfigValue[] {
  const properties: DynamicConfigValue[] = [];
  if (unit !== undefined) properties.push({ id: 'unit', value: unit });
  if (width !== undefined) properties.push({ id: 'custom.width', value: width });
  if (mappings !== undefined) properties.push(...toColored(mappings));
  return bar === true ? [...properties, ...BAR] : properties;
}

function toColored(mappings: ValueMapping[]): DynamicConfigValue[] {
  const cell = { type: TableCellDisplayMode.ColorText };
  return [
    { id: 'mappings', value: mappings },
    { id: 'custom.cellOptions', value: cell },
  ];
}

const BAR: readonly DynamicConfigValue[] = [
  { id: 'min', value: 0 },
  { id: 'max', value: 1 },
  { id: 'color', value: { mode: 'continuous-GrYlRd' } },
  {
    id: 'custom.cellOptions',
    value: {
      type: TableCellDisplayMode.Gauge,
      mode: BarGaugeDisplayMode.Basic,
      valueDisplayMode: BarGaugeValueMode.Text,
    },
  },
];
