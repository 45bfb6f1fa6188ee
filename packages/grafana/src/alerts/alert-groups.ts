import type { RuleConfig } from '../config';
import { toDuration } from '../durations';
import type { RuleGroup } from '../rule-file';
import { type Alert, toAlertingRule } from './alert';
import { createAudienceAlerts } from './audience-alerts';
import { createConversationAlerts } from './conversation-alerts';
import { createOwnAlerts } from './own-alerts';
import { createQualityAlerts } from './quality-alerts';
import { createSendingAlerts } from './sending-alerts';
import { createTemplateAlerts } from './template-alerts';

/** Creates the groups that alert. */
export function createAlertGroups(config: RuleConfig): readonly RuleGroup[] {
  const toGroup = (name: string, alerts: readonly Alert[]): RuleGroup => ({
    name,
    interval: toDuration(config.durations.interval),
    rules: alerts.map((alert) => toAlertingRule(alert, config)),
  });
  return [
    toGroup('turnspan_alerts_quality', createQualityAlerts(config)),
    toGroup('turnspan_alerts_templates', createTemplateAlerts(config)),
    toGroup('turnspan_alerts_sending', createSendingAlerts(config)),
    toGroup('turnspan_alerts_audience', createAudienceAlerts(config)),
    toGroup('turnspan_alerts_conversation', createConversationAlerts(config)),
    toGroup('turnspan_alerts_itself', createOwnAlerts(config)),
  ];
}
