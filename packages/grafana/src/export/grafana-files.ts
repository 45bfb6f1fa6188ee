import type { ExportOptions } from './export-options';
import { toFile } from './to-file';

const PROMETHEUS = 'turnspan-prometheus';
const TEMPO = 'turnspan-tempo';

/** Lets Grafana read the dashboards from a folder, and again when they change. */
export function createDashboardProvider({
  dashboardsPath = '/var/lib/grafana/dashboards/turnspan',
}: ExportOptions): string {
  const provider = {
    name: 'turnspan',
    folder: 'Turnspan',
    type: 'file',
    allowUiUpdates: false,
    options: { path: dashboardsPath },
  };
  return toFile({ apiVersion: 1, providers: [provider] }, [
    'For the folder provisioning/dashboards of Grafana; `path` is where the dashboards lie.',
  ]);
}

/** Tells Grafana where Prometheus is, and that its exemplars lead to the traces in Tempo. */
export function createDataSources({
  prometheusUrl = 'http://prometheus:9090',
  tempoUrl = 'http://tempo:3200',
}: ExportOptions): string {
  const prometheus = {
    name: 'Prometheus for Turnspan',
    uid: PROMETHEUS,
    type: 'prometheus',
    access: 'proxy',
    url: prometheusUrl,
    jsonData: {
      httpMethod: 'POST',
      exemplarTraceIdDestinations: [{ name: 'trace_id', datasourceUid: TEMPO }],
    },
  };
  const tempo = {
    name: 'Tempo for Turnspan',
    uid: TEMPO,
    type: 'tempo',
    access: 'proxy',
    url: tempoUrl,
  };
  return toFile({ apiVersion: 1, datasources: [prometheus, tempo] }, [
    'For the folder provisioning/datasources of Grafana. If your Grafana has these data sources,',
    'leave this file out; give yours only `exemplarTraceIdDestinations`, with the `uid` of your Tempo.',
  ]);
}
