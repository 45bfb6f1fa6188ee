import type { RuleConfig, RuleThresholds } from '../config';
import { sumBy, wilsonCertainLower } from '../promql';
import { RECORDED, type RecordedRatio } from '../recorded';
import type { Alert } from './alert';

/** Creates the alerts about conversations; Alertmanager mutes them while WhatsApp blocks sending. */
export function createConversationAlerts(config: RuleConfig): readonly Alert[] {
  return [
    createDropoff(config),
    createConfusion(config),
    createLoops(config),
    createResponseSlow(config),
    createUnanswered(config),
  ];
}

const NODE = {
  category: 'conversation',
  severity: 'warning',
  for: 'forSlow',
  dashboard: 'journey',
  variables: ['job', 'flow', 'node'],
} as const;

function createDropoff({ thresholds }: RuleConfig): Alert {
  return {
    ...NODE,
    name: 'ConversationDropoffHigh',
    expr: isAbovePast(RECORDED.dropoff, thresholds.dropoffRise, thresholds),
    summary: 'More people than before drop off at {{ $labels.node }} of {{ $labels.flow }}',
    description:
      '{{ $value | humanizePercentage }} of the visits of {{ $labels.node }} were dropped in the last day, certainly more than in the week before.',
  };
}

function createConfusion({ thresholds }: RuleConfig): Alert {
  return {
    ...NODE,
    name: 'ConversationConfusionHigh',
    expr: isAbovePast(RECORDED.confusion, thresholds.confusionRise, thresholds),
    summary: 'More people than before are confused by {{ $labels.node }} of {{ $labels.flow }}',
    description:
      'There were {{ $value | humanizePercentage }} as many signs of confusion as visits of {{ $labels.node }} in the last day, certainly more than in the week before.',
  };
}

function createLoops({ thresholds }: RuleConfig): Alert {
  const { recent } = RECORDED.loops;
  const isMuch = `${recent.lower} > ${thresholds.loopRatio}`;
  return {
    ...NODE,
    name: 'ConversationLoops',
    expr: `${isMuch} and ${recent.part} >= ${thresholds.loopCount}`,
    summary: 'People go round in circles at {{ $labels.node }} of {{ $labels.flow }}',
    description:
      'At least {{ $value | humanizePercentage }} of the visits of {{ $labels.node }} in the last day were part of a loop.',
  };
}

/** It is hardly chance, the difference matters, and both present and past had people enough. */
function isAbovePast(
  { recent, baseline }: RecordedRatio,
  rise: number,
  { recentSample, baselineSample }: RuleThresholds,
): string {
  const isMuch = `${recent.ratio} > ${baseline.ratio} + ${rise}`;
  const isCertain = `${wilsonCertainLower(recent.part, recent.whole)} > ${baseline.upper}`;
  const isEnough = `${recent.whole} >= ${recentSample} and ${baseline.whole} >= ${baselineSample}`;
  return `${isMuch} and ${isCertain} and ${isEnough}`;
}

function createResponseSlow({ thresholds }: RuleConfig): Alert {
  const { responseFactor, responseSample, botResponseFloor, agentResponseFloor } = thresholds;
  const { p90, p90SameWeekday, count } = RECORDED.response;
  const bot = `${p90}{responder="bot"} > ${botResponseFloor}`;
  const agent = `${p90}{responder="agent"} > ${agentResponseFloor}`;
  const isPeak = `${p90} > ${responseFactor} * ${p90SameWeekday}`;
  return {
    name: 'ConversationResponseSlow',
    category: 'conversation',
    severity: 'warning',
    for: 'forUsual',
    expr: `(${bot} or ${agent}) and ${isPeak} and ${count} >= ${responseSample}`,
    summary: 'Answers of the {{ $labels.responder }} take long on {{ $labels.line }}',
    description:
      'One answer in ten of the last hour took more than {{ $value | humanizeDuration }}, far more than at this hour of the last two weeks.',
    dashboard: 'responseTime',
    variables: ['job', 'channel', 'line'],
  };
}

/** Whom a process has not answered is known to that process alone, so the processes add up. */
function createUnanswered({ durations, thresholds }: RuleConfig): Alert {
  const labels = ['job', 'channel', 'line'];
  const people = `${sumBy(labels, 'conversation_unanswered')} >= ${thresholds.unansweredPeople}`;
  const oldest = `min by (${labels.join(', ')}) (conversation_oldest_unanswered_timestamp_seconds)`;
  return {
    name: 'ConversationUnanswered',
    category: 'conversation',
    severity: 'critical',
    for: 'forUsual',
    expr: `${people} and time() - ${oldest} > ${durations.unansweredAfter}`,
    summary: '{{ $value }} people wait for an answer on {{ $labels.line }}',
    description:
      '{{ $value }} people on {{ $labels.channel }} {{ $labels.line }} have no answer yet, and the first of them has waited for too long.',
    dashboard: 'responseTime',
    variables: labels,
  };
}
