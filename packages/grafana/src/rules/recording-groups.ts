import type { RuleConfig } from '../config';
import { toDuration } from '../durations';
import type { RecordingRule, RuleGroup } from '../rule-file';
import { createFailureRules, createUndeliveredRules } from './failure-rules';
import { createBaselineRules, createRecentRules, createStepRules } from './ratio-rules';
import { RATIOS, type Ratio } from './ratios';
import { createSignRules } from './sign-rules';
import { createTimeRules } from './time-rules';
import { createWaitRules } from './wait-rules';

/** Creates the groups that record; what one rule of a group needs is recorded before it. */
export function createRecordingGroups(config: RuleConfig): readonly RuleGroup[] {
  const interval = toDuration(config.durations.interval);
  const slowInterval = toDuration(config.durations.slowInterval);
  return [
    {
      name: 'turnspan_counts',
      interval,
      rules: [
        ...createForRatios(createStepRules, config),
        ...createUndeliveredRules(config),
        ...createFailureRules(config),
      ],
    },
    { name: 'turnspan_times', interval, rules: createTimeRules(config) },
    {
      name: 'turnspan_ratios',
      interval,
      rules: createForRatios(createRecentRules, config),
    },
    {
      name: 'turnspan_baselines',
      interval: slowInterval,
      rules: createForRatios(createBaselineRules, config),
    },
    { name: 'turnspan_waits', interval: slowInterval, rules: createWaitRules(config) },
    { name: 'turnspan_signs', interval, rules: createSignRules(config) },
  ];
}

type CreateRules = (ratio: Ratio, config: RuleConfig) => readonly RecordingRule[];

/** What several ratios are a part of is recorded once. */
function createForRatios(create: CreateRules, config: RuleConfig): readonly RecordingRule[] {
  const rules = RATIOS.flatMap((ratio) => create(ratio, config));
  return [...new Map(rules.map((rule) => [rule.record, rule])).values()];
}
