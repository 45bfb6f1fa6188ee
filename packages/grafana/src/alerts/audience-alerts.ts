import type { RuleConfig } from '../config';
import { maxBy } from '../promql';
import { RECORDED } from '../recorded';
import type { Alert } from './alert';

const LINE = ['job', 'line'];

/** Creates the alerts about people who do not want the messages. */
export function createAudienceAlerts(config: RuleConfig): readonly Alert[] {
  return [createOptOuts(config), createNegativeFeedback(config)];
}

function createOptOuts({ thresholds }: RuleConfig): Alert {
  const { optOutRatio, optOutCount, optOutFactor, recentSample, baselineSample } = thresholds;
  const { recent, baseline } = RECORDED.optOuts;
  const isMuch = `${recent.lower} > ${optOutRatio}`;
  const isEnough = `${recent.part} >= ${optOutCount} and ${recent.whole} >= ${recentSample}`;
  const isUsual = `${recent.lower} <= ${optOutFactor} * ${baseline.ratio} and ${baseline.whole} >= ${baselineSample}`;
  return {
    name: 'WhatsappOptOutsHigh',
    category: 'whatsapp',
    severity: 'warning',
    for: 'forUsual',
    expr: `${isMuch} and ${isEnough} unless (${isUsual})`,
    summary: 'Many people opt out of messages of {{ $labels.line }}',
    description:
      'At least {{ $value | humanizePercentage }} of the messages that {{ $labels.line }} delivered in the last day led to an opt-out.',
    dashboard: 'quality',
    variables: LINE,
  };
}

/** The last hour, so that a campaign can still be stopped, or the last day, where little is sent. */
function createNegativeFeedback({ thresholds }: RuleConfig): Alert {
  const { negativeFeedbackRatio, negativeFeedbackCount } = thresholds;
  const { recent } = RECORDED.negativeFeedback;
  const { failureLower, failureCount } = RECORDED;
  const hour = `${failureLower}{class="negative_feedback"} > ${negativeFeedbackRatio} and ${failureCount} >= ${negativeFeedbackCount}`;
  const day = `${recent.lower} > ${negativeFeedbackRatio} and ${recent.part} >= ${negativeFeedbackCount}`;
  return {
    name: 'WhatsappNegativeFeedback',
    category: 'whatsapp',
    severity: 'critical',
    for: 'forUrgent',
    expr: maxBy(LINE, `${hour} or ${day}`),
    summary: 'WhatsApp holds back messages of {{ $labels.line }} for negative feedback',
    description:
      'At least {{ $value | humanizePercentage }} of the messages of {{ $labels.line }} fail because too many people have blocked or reported it.',
    dashboard: 'quality',
    variables: LINE,
  };
}
