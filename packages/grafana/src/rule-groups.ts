import { createAlertGroups } from './alerts/alert-groups';
import { completeConfig, type RuleConfigChanges } from './check-config';
import type { RuleFile } from './rule-file';
import { createRecordingGroups } from './rules/recording-groups';

/**
 * Creates all rules; what is not given keeps its default.
 *
 * @throws TurnspanError `OPTION_INVALID`, which names the setting, what was expected and what came
 */
export function createRuleGroups(changes: RuleConfigChanges = {}): RuleFile {
  const config = completeConfig(changes);
  return { groups: [...createRecordingGroups(config), ...createAlertGroups(config)] };
}
