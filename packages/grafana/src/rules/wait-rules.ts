import type { RuleConfig } from '../config';
import { countIncrease, sumBy } from '../promql';
import { RECORDED } from '../recorded';
import type { RecordingRule } from '../rule-file';

/**
 * Records how long people took to answer in the last step. A histogram of each node in each variant
 * has more series than a panel should ask for over a long time; these have a few of them.
 */
export function createWaitRules({ durations }: RuleConfig): readonly RecordingRule[] {
  const { nodes, variants } = RECORDED.replyWait;
  const ofAll = countIncrease('conversation_reply_wait_seconds_bucket', durations.step);
  const ofVariants = countIncrease(
    'conversation_reply_wait_seconds_bucket{variant!=""}',
    durations.step,
  );
  return [
    { record: nodes, expr: sumBy(['job', 'flow', 'node', 'le'], ofAll) },
    { record: variants, expr: sumBy(['job', 'flow', 'variant', 'le'], ofVariants) },
  ];
}
