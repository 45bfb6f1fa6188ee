import type { RuleConfig } from '../config';
import { countIncrease, sumBy, wilsonLower } from '../promql';
import { RECORDED } from '../recorded';
import type { RecordingRule } from '../rule-file';

/** Records the share of messages that fail, by reason. */
export function createFailureRules({ durations }: RuleConfig): readonly RecordingRule[] {
  const { hour } = durations;
  const { failureCount, failureWhole, failureRatio, failureLower } = RECORDED;
  const failures = countIncrease('whatsapp_message_failures_total', hour);
  const sends = countIncrease('whatsapp_messages_total{status=~"sent|failed"}', hour);
  const whole = sumBy(['job', 'line'], sends);
  return [
    { record: failureCount, expr: sumBy(['job', 'line', 'class'], failures) },
    {
      record: failureWhole,
      expr: `${failureCount} * 0 + on (job, line) group_left () ${whole}`,
    },
    { record: failureRatio, expr: `${failureCount} / (${failureWhole} > 0)` },
    { record: failureLower, expr: wilsonLower(failureCount, failureWhole) },
  ];
}

/** A send that the Graph API refuses at once has no status, but the visit it belongs to ends by it. */
export function createUndeliveredRules({ durations }: RuleConfig): readonly RecordingRule[] {
  const { dropoff, undeliveredCount, undeliveredWhole, undeliveredLower } = RECORDED;
  const visits = countIncrease(
    'conversation_node_exits_total{outcome="undelivered"}',
    durations.step,
  );
  return [
    { record: undeliveredWhole, expr: sumBy(['job'], dropoff.stepWhole) },
    { record: undeliveredCount, expr: sumBy(['job'], visits) },
    { record: undeliveredLower, expr: wilsonLower(undeliveredCount, undeliveredWhole) },
  ];
}
