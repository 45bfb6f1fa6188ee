// Rules and alerts, and what to tune them by.
export {
  createAlertmanagerInhibitions,
  type Inhibition,
} from './alerts/inhibitions';
export type { RuleConfigChanges } from './check-config';
export {
  DEFAULT_CONFIG,
  type RuleConfig,
  type RuleDurations,
  type RuleLinks,
  type RuleThresholds,
  scaleDurations,
} from './config';
export { DASHBOARD_UIDS, type DashboardName } from './dashboard-uids';
// Files of all this, ready to be read by Grafana, Prometheus and Alertmanager.
export { createExport, type DashboardFile, type ExportedFile } from './export/create-export';
export { EXPORT_FORMATS, type ExportFormat, type ExportOptions } from './export/export-options';
export { readDashboards } from './export/read-dashboards';
export { parseRuleConfig } from './parse-config';
export {
  RECORDED,
  type RecordedNames,
  type RecordedRatio,
  type RecordedTimes,
  type RecordedWaits,
  type RecordedWindow,
} from './recorded';
export {
  type AlertingRule,
  type RecordingRule,
  type RuleFile,
  type RuleGroup,
  toYaml,
} from './rule-file';
export { createRuleGroups } from './rule-groups';
