import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  DashboardBuilder,
  DashboardCursorSync,
  type Dashboard as GrafanaDashboard,
  type Panel,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { createAnnotations } from './annotations';
import { createDashboardsLink, TAG } from './links';
import { VARIABLES } from './variables';

/** A dashboard as it is shipped. */
export interface Dashboard {
  /** Names the dashboard in links for good. */
  readonly uid: string;
  /** Name of its file. */
  readonly file: string;
  readonly json: GrafanaDashboard;
}

/** Panels below each other. */
export interface Stack {
  /** Of the 24 units of Grafana's grid. */
  readonly width: number;
  readonly panels: readonly Builder<Panel>[];
}

/** Stacks of panels side by side, under a title; the first section of a dashboard needs none. */
export interface Section {
  readonly title?: string;
  readonly stacks: readonly Stack[];
}

/** What a dashboard is made of. */
export interface Plan {
  readonly uid: string;
  readonly file: string;
  readonly title: string;
  readonly description: string;
  /** How far back it looks at first. */
  readonly from: string;
  readonly sections: readonly Section[];
}

/** Builds a dashboard with the variables that its queries use. */
export function createDashboard(plan: Plan): Dashboard {
  const builder = new DashboardBuilder(plan.title)
    .uid(plan.uid)
    .description(plan.description)
    .tags([TAG])
    .readonly()
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: plan.from, to: 'now' })
    .refresh('1m')
    .link(createDashboardsLink());
  for (const annotation of createAnnotations()) builder.annotation(annotation);
  placeSections(builder, plan.sections);
  addVariables(builder);
  return { uid: plan.uid, file: `${plan.file}.json`, json: withoutPlacement(builder.build()) };
}

function placeSections(builder: DashboardBuilder, sections: readonly Section[]): void {
  let y = 0;
  for (const { title, stacks } of sections) {
    if (title !== undefined) {
      builder.withRow(new RowBuilder(title).id(y + 1).gridPos({ x: 0, y, w: 24, h: 1 }));
      y += 1;
    }
    y = placeStacks(builder, { stacks, y });
  }
}

function placeStacks(
  builder: DashboardBuilder,
  { stacks, y }: { readonly stacks: readonly Stack[]; readonly y: number },
): number {
  let x = 0;
  let bottom = y;
  for (const { width, panels } of stacks) {
    let top = y;
    for (const each of panels) {
      const panel = each.build();
      const h = panel.gridPos?.h ?? 0;
      const placed = { ...panel, gridPos: { x, y: top, w: width, h } };
      builder.withPanel({ build: () => placed });
      top += h;
    }
    x += width;
    bottom = Math.max(bottom, top);
  }
  return bottom;
}

/** A variable may use others, so they are looked for until no new one turns up. */
function addVariables(builder: DashboardBuilder): void {
  const used = new Set(['datasource', 'job', 'instance']);
  const built = Object.entries(VARIABLES).map(([name, create]) => ({ name, model: create() }));
  let text = JSON.stringify(builder.build());
  for (let before = -1; before !== used.size; ) {
    before = used.size;
    for (const { name } of built) if (uses(text, name)) used.add(name);
    text += JSON.stringify(
      built.filter(({ name }) => used.has(name)).map(({ model }) => model.build()),
    );
  }
  builder.variables(built.filter(({ name }) => used.has(name)).map(({ model }) => model));
}

function uses(text: string, name: string): boolean {
  return new RegExp(`\\$(?:${name}\\b|\\{${name}\\})`).test(text);
}

/** Where links and annotations are switched; it would hide them in a menu that only Grafana 12 has. */
function withoutPlacement(dashboard: GrafanaDashboard): GrafanaDashboard {
  return JSON.parse(
    JSON.stringify(dashboard, (key, value) =>
      key === 'placement' && value === 'inControlsMenu' ? undefined : value,
    ),
  );
}
