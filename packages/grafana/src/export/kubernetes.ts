import { stringify } from 'yaml';
import { refuse } from '../expected';
import type { RuleFile } from '../rule-file';
import type { DashboardFile } from './create-export';
import { toFile } from './to-file';

/** More does not go into a ConfigMap. */
const MOST_BYTES = 1_048_576;
const LABELS = { 'app.kubernetes.io/name': 'turnspan' };

/** The ConfigMap of a dashboard, as the sidecar of Grafana's chart looks for it. */
export function createConfigMap({ file, text }: DashboardFile): string {
  const bytes = Buffer.byteLength(text);
  if (bytes > MOST_BYTES) {
    throw refuse(`The dashboard ${file} has ${bytes} bytes; a ConfigMap takes ${MOST_BYTES}.`);
  }
  const metadata = {
    name: `turnspan-${file.replace(/\.json$/, '')}`,
    labels: { ...LABELS, grafana_dashboard: '1' },
    annotations: { grafana_folder: 'Turnspan' },
  };
  return stringify(
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { [file]: text } },
    { lineWidth: 0, blockQuote: 'literal' },
  );
}

/** The rules for the operator of Prometheus. */
export function createPrometheusRule({ groups }: RuleFile): string {
  const metadata = { name: 'turnspan', labels: LABELS };
  const manifest = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata,
    spec: { groups },
  };
  return toFile(manifest, [
    'Your Prometheus may look only for rules with a certain label: `ruleSelector` in its spec says so.',
  ]);
}
