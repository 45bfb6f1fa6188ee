import type { RuleConfig } from '../config';
import { countIncrease, sumBy, sumSteps, wilsonLower, wilsonUpper } from '../promql';
import type { RecordedWindow } from '../recorded';
import type { RecordingRule } from '../rule-file';
import type { Ratio } from './ratios';

/** Records what was counted in the last step; a part of which nothing was counted is 0. */
export function createStepRules(ratio: Ratio, { durations }: RuleConfig): readonly RecordingRule[] {
  const { names, labels, part, whole } = ratio;
  const count = (selector: Ratio['part']) => sumBy(labels, countIncrease(selector, durations.step));
  return [
    { record: names.stepWhole, expr: count(whole) },
    { record: names.stepPart, expr: `${count(part)} or ${names.stepWhole} * 0` },
  ];
}

/** Records the ratio of the present with its bounds. */
export function createRecentRules({ names }: Ratio, config: RuleConfig): readonly RecordingRule[] {
  const { step, recent } = config.durations;
  const sum = (name: string) => sumSteps(name, { step, length: recent });
  return [
    { record: names.recent.part, expr: sum(names.stepPart) },
    { record: names.recent.whole, expr: sum(names.stepWhole) },
    ...createBounds(names.recent),
  ];
}

/** Records the ratio of the past, which ends where the present begins, with its bounds. */
export function createBaselineRules(
  { names }: Ratio,
  config: RuleConfig,
): readonly RecordingRule[] {
  const { step, recent, baseline } = config.durations;
  const sum = (name: string) => sumSteps(name, { step, length: baseline, ago: recent });
  return [
    { record: names.baseline.part, expr: sum(names.stepPart) },
    { record: names.baseline.whole, expr: sum(names.stepWhole) },
    ...createBounds(names.baseline),
  ];
}

function createBounds(names: RecordedWindow): readonly RecordingRule[] {
  const { part, whole, ratio, lower, upper } = names;
  return [
    { record: ratio, expr: `${part} / (${whole} > 0)` },
    { record: lower, expr: wilsonLower(part, whole) },
    { record: upper, expr: wilsonUpper(part, whole) },
  ];
}
