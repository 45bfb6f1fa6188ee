import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';

import { toPlaceholder } from './data-sources';

/** Tag of all dashboards, by which they link to each other. */
export const TAG = 'turnspan';

/** Leads to every other dashboard, with the same time and the same variables. */
export function createDashboardsLink(): DashboardLinkBuilder {
  return new DashboardLinkBuilder('Turnspan')
    .type(DashboardLinkType.Dashboards)
    .tags([TAG])
    .icon('external link')
    .tooltip('The other dashboards, with the same time and the same variables')
    .asDropdown(false)
    .includeVars(true)
    .keepTime(true);
}

/** Leads from a line to the traces of turns at that time. */
export function createTracesLink(): DashboardLinkBuilder {
  const traces = toPlaceholder('traces');
  const pane = {
    datasource: traces,
    queries: [
      {
        refId: 'A',
        datasource: { type: 'tempo', uid: traces },
        queryType: 'traceql',
        query: '{ name =~ "process .*|visit .*" }',
      },
    ],
    range: { from: toPlaceholder('__from'), to: toPlaceholder('__to') },
  };
  return new DashboardLinkBuilder('Traces of this time range')
    .type(DashboardLinkType.Link)
    .tooltip('Turns and visits in the data source for traces')
    .targetBlank(true)
    .url(`/explore?schemaVersion=1&panes=${encodeKeepingVariables({ traces: pane })}`);
}

/** Grafana fills in a variable only where its name is written plainly. */
function encodeKeepingVariables(value: unknown): string {
  return encodeURIComponent(JSON.stringify(value)).replace(
    /%24%7B(\w+)%7D/g,
    (_match, name: string) => toPlaceholder(name),
  );
}
