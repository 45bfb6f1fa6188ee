import { createAlertGroups } from './alerts/alert-groups';
import { DEFAULT_CONFIG, type RuleConfig } from './config';
import type { RuleFile } from './rule-file';
import { createRecordingGroups } from './rules/recording-groups';

/** What of the configuration is to be different. */
export type RuleConfigChanges = {
  readonly [Part in keyof RuleConfig]?: Partial<RuleConfig[Part]>;
};

/** Creates all rules; what is not given keeps its default. */
export function createRuleGroups(changes: RuleConfigChanges = {}): RuleFile {
  const config: RuleConfig = {
    durations: { ...DEFAULT_CONFIG.durations, ...changes.durations },
    thresholds: { ...DEFAULT_CONFIG.thresholds, ...changes.thresholds },
    links: { ...DEFAULT_CONFIG.links, ...changes.links },
  };
  return { groups: [...createRecordingGroups(config), ...createAlertGroups(config)] };
}
