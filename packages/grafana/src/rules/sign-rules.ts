import type { RuleConfig, RuleThresholds } from '../config';
import { toDuration } from '../durations';
import { maxBy } from '../promql';
import { RECORDED, type RecordedRatio } from '../recorded';
import type { RecordingRule } from '../rule-file';

/** Records the early signs that quality is about to fall, each only against the past of its line. */
export function createSignRules({ durations, thresholds }: RuleConfig): readonly RecordingRule[] {
  const { optOuts, negativeFeedback } = RECORDED;
  return [
    toSign('negative_feedback', isRising(negativeFeedback, thresholds)),
    toSign('opt_outs', isRising(optOuts, thresholds)),
    toSign('reads_fallen', haveReadsFallen(thresholds)),
    toSign('template_rating', isTemplateLow(toDuration(durations.keepState))),
  ];
}

function toSign(sign: string, expression: string): RecordingRule {
  return {
    record: RECORDED.qualitySign,
    labels: { sign },
    expr: `group by (job, line) (${expression})`,
  };
}

function isRising({ recent, baseline }: RecordedRatio, thresholds: RuleThresholds): string {
  const isEnough = `${recent.part} >= ${thresholds.signCount}`;
  const isKnown = `${baseline.whole} >= ${thresholds.baselineSample}`;
  return `${recent.lower} > ${baseline.upper} and ${isEnough} and ${isKnown}`;
}

function haveReadsFallen({ readFall, recentSample, baselineSample }: RuleThresholds): string {
  const { recent, baseline } = RECORDED.read;
  const isCertain = `${recent.upper} < ${baseline.lower}`;
  const isMuch = `${recent.ratio} < ${readFall} * ${baseline.ratio}`;
  const isEnough = `${recent.whole} >= ${recentSample} and ${baseline.whole} >= ${baselineSample}`;
  return `${isCertain} and ${isMuch} and ${isEnough}`;
}

/** A template is not tied to a number, so it is a sign for every number of the job. */
function isTemplateLow(keep: string): string {
  const rated = `last_over_time(whatsapp_template_quality_rating{rating=~"yellow|red"}[${keep}])`;
  const lines = maxBy(['job', 'line'], `last_over_time(whatsapp_phone_quality_rating[${keep}])`);
  return `${lines} and on (job) (${maxBy(['job'], rated)} == 1)`;
}
