import type { RuleConfig, RuleDurations } from '../config';
import type { DashboardName } from '../dashboard-uids';
import { DASHBOARD_UIDS } from '../dashboard-uids';
import { toDuration } from '../durations';
import type { AlertingRule } from '../rule-file';

/** What an alert is about; Alertmanager can route by it. */
export type AlertCategory = 'whatsapp' | 'conversation' | 'turnspan';

/** An alert, before the links and labels that all of them have are added. */
export interface Alert {
  readonly name: string;
  readonly category: AlertCategory;
  readonly severity: 'warning' | 'critical';
  /** How long the expression has to hold. */
  readonly for: keyof RuleDurations;
  /** What says that WhatsApp keeps messages from being sent, which silences alerts of conversations. */
  readonly sending?: string;
  readonly expr: string;
  readonly summary: string;
  readonly description: string;
  /** Where to look first. */
  readonly dashboard: DashboardName;
  /** The labels that the dashboard is opened with. */
  readonly variables: readonly string[];
}

/** Completes an alert to the rule that Prometheus reads. */
export function toAlertingRule(alert: Alert, { durations, links }: RuleConfig): AlertingRule {
  const { name, category, severity, sending, expr, summary, description } = alert;
  return {
    alert: name,
    expr,
    for: toDuration(durations[alert.for]),
    labels: { severity, category, ...(sending === undefined ? {} : { sending }) },
    annotations: {
      summary,
      description,
      runbook_url: `${links.runbooks}/${toRunbookName(name)}`,
      dashboard_url: toDashboardUrl(alert, links.grafana),
    },
  };
}

/** Gives the file of the runbook of an alert. */
export function toRunbookName(alert: string): string {
  return `${alert.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}.md`;
}

function toDashboardUrl({ dashboard, variables }: Alert, grafana: string): string {
  const query = variables.map((label) => `var-${label}={{ $labels.${label} | urlquery }}`);
  return `${grafana}/d/${DASHBOARD_UIDS[dashboard]}?${query.join('&')}`;
}
