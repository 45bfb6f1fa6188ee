import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';
import { createDashboards, type Dashboard } from '../src/dashboards';

/** A query of a dashboard, and where it stands. */
export interface DashboardQuery {
  /** Dashboard, panel and name of the query, for messages. */
  readonly place: string;
  readonly source: 'panel' | 'annotation' | 'variable';
  /** As it is written, with variables. */
  readonly expr: string;
  readonly instant: boolean;
}

/** What Grafana fills in, here for all that there is. */
const VALUES: Readonly<Record<string, string>> = {
  __rate_interval: '5m',
  __interval: '1m',
  __range: '1d',
  job: '.+',
  instance: '.+',
  channel: '.*',
  line: '.*',
  flow: '.*',
  node: '.*',
  experiment: '.*',
  variant: '.*',
  last_change: '1700000000',
};

/** Fills in variables; what is not told is everything, a step of a minute and a range of a day. */
export function fillVariables(expr: string, values: Readonly<Record<string, string>> = {}): string {
  return expr.replace(/\$([a-z_]\w*)|\$\{([a-z_]\w*)\}/g, (whole, plain, braced) => {
    const name: string = plain ?? braced;
    return values[name] ?? VALUES[name] ?? whole;
  });
}

/** Every query that a dashboard sends: those of panels, of annotations, and of variables. */
export function readQueries(dashboard: Dashboard): readonly DashboardQuery[] {
  const { json, file } = dashboard;
  const annotations = (json.annotations?.list ?? []).map((annotation) => ({
    place: `${file}, annotation ${annotation.name}`,
    source: 'annotation' as const,
    expr: annotation.expr ?? '',
    instant: false,
  }));
  const variables = (json.templating?.list ?? [])
    .filter(({ type }) => type === 'query')
    .map(({ name, query }) => ({
      place: `${file}, variable ${name}`,
      source: 'variable' as const,
      expr: String(query),
      instant: true,
    }));
  return [
    ...readPanels(dashboard).flatMap((panel) => readTargets(file, panel)),
    ...annotations,
    ...variables,
  ];
}

/** The panels of a dashboard without its rows. */
export function readPanels({ json }: Dashboard): readonly Panel[] {
  return (json.panels ?? []).filter((panel): panel is Panel => panel.type !== 'row');
}

/** The queries of a panel. */
export function readDataQueries(panel: Panel): readonly Dataquery[] {
  return (panel.targets ?? []) as unknown as readonly Dataquery[];
}

function readTargets(file: string, panel: Panel): readonly DashboardQuery[] {
  return readDataQueries(panel).map(({ expr, refId, instant }) => ({
    place: `${file}, ${panel.title}, ${refId}`,
    source: 'panel',
    expr,
    instant: instant === true,
  }));
}

/** All queries of all dashboards. */
export const DASHBOARD_QUERIES: readonly DashboardQuery[] = createDashboards().flatMap(readQueries);
