import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';

/** The Prometheus that the dashboard is looked at with. */
export const DATA_SOURCE: DataSourceRef = {
  type: 'prometheus',
  uid: toPlaceholder('datasource'),
};

/** Where Grafana fills in the value of a variable. */
export function toPlaceholder(variable: string): string {
  return `\${${variable}}`;
}
