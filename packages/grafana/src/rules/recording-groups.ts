import type { RuleConfig } from '../config';
import { toDuration } from '../durations';
import type { RuleGroup } from '../rule-file';
import { createFailureRules, createUndeliveredRules } from './failure-rules';
import { createBaselineRules, createRecentRules, createStepRules } from './ratio-rules';
import { RATIOS } from './ratios';
import { createSignRules } from './sign-rules';
import { createTimeRules } from './time-rules';

/** Creates the groups that record; what one rule of a group needs is recorded before it. */
export function createRecordingGroups(config: RuleConfig): readonly RuleGroup[] {
  const interval = toDuration(config.durations.interval);
  const slowInterval = toDuration(config.durations.slowInterval);
  return [
    {
      name: 'turnspan_counts',
      interval,
      rules: [
        ...RATIOS.flatMap((ratio) => createStepRules(ratio, config)),
        ...createUndeliveredRules(config),
        ...createFailureRules(config),
      ],
    },
    { name: 'turnspan_times', interval, rules: createTimeRules(config) },
    {
      name: 'turnspan_ratios',
      interval,
      rules: RATIOS.flatMap((ratio) => createRecentRules(ratio, config)),
    },
    {
      name: 'turnspan_baselines',
      interval: slowInterval,
      rules: RATIOS.flatMap((ratio) => createBaselineRules(ratio, config)),
    },
    { name: 'turnspan_signs', interval, rules: createSignRules(config) },
  ];
}
