import { createRuleGroups } from '../rule-groups';
import { createAlertmanagerExample, createInhibitionFile } from './alertmanager-files';
import { checkExportOptions, type ExportOptions } from './export-options';
import { createDashboardProvider, createDataSources } from './grafana-files';
import { createConfigMap, createPrometheusRule } from './kubernetes';
import { toFile } from './to-file';

/** A file that is exported. */
export interface ExportedFile {
  /** Where it lies in the folder of the export, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** A dashboard as it is read by Grafana. */
export interface DashboardFile {
  /** Its name, without a folder. */
  readonly file: string;
  readonly text: string;
}

/**
 * Creates all files by which Grafana, Prometheus and Alertmanager get what is here; nothing is
 * written.
 *
 * @throws TurnspanError `OPTION_INVALID`, which names the option, what was expected and what came
 * @example
 * const files = createExport(readDashboards(), { config: { thresholds: { unansweredPeople: 3 } } });
 */
export function createExport(
  dashboards: readonly DashboardFile[],
  options: ExportOptions = {},
): readonly ExportedFile[] {
  checkExportOptions(options);
  const files =
    options.format === 'kubernetes'
      ? createManifests(dashboards, options)
      : createFiles(dashboards, options);
  return [
    ...files,
    { path: 'alertmanager/turnspan.inhibit.yaml', text: createInhibitionFile() },
    { path: 'alertmanager/turnspan.example.yaml', text: createAlertmanagerExample() },
  ];
}

function createFiles(
  dashboards: readonly DashboardFile[],
  options: ExportOptions,
): readonly ExportedFile[] {
  return [
    ...dashboards.map(({ file, text }) => ({ path: `dashboards/${file}`, text })),
    { path: 'provisioning/dashboards/turnspan.yaml', text: createDashboardProvider(options) },
    { path: 'provisioning/datasources/turnspan.yaml', text: createDataSources(options) },
    { path: 'prometheus/turnspan.rules.yaml', text: toFile(createRuleGroups(options.config)) },
  ];
}

function createManifests(
  dashboards: readonly DashboardFile[],
  { config }: ExportOptions,
): readonly ExportedFile[] {
  return [
    ...dashboards.map((dashboard) => ({
      path: `kubernetes/dashboards/${dashboard.file.replace(/json$/, 'yaml')}`,
      text: createConfigMap(dashboard),
    })),
    {
      path: 'kubernetes/turnspan.rules.yaml',
      text: createPrometheusRule(createRuleGroups(config)),
    },
  ];
}
