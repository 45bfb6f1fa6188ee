// Rules and alerts, and what to tune them by.
export {
  createAlertmanagerInhibitions,
  type Inhibition,
} from './alerts/inhibitions';
export {
  DEFAULT_CONFIG,
  type RuleConfig,
  type RuleDurations,
  type RuleLinks,
  type RuleThresholds,
  scaleDurations,
} from './config';
export { DASHBOARD_UIDS, type DashboardName } from './dashboard-uids';
export {
  RECORDED,
  type RecordedNames,
  type RecordedRatio,
  type RecordedTimes,
  type RecordedWindow,
} from './recorded';
export {
  type AlertingRule,
  type RecordingRule,
  type RuleFile,
  type RuleGroup,
  toYaml,
} from './rule-file';
export { createRuleGroups, type RuleConfigChanges } from './rule-groups';
