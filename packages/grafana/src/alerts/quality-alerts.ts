import type { RuleConfig } from '../config';
import { toDuration } from '../durations';
import { maxBy } from '../promql';
import { RECORDED } from '../recorded';
import type { Alert } from './alert';
import { holdState } from './held-state';

const LINE = ['job', 'line'];

/** Creates the alerts about what WhatsApp thinks of a number. */
export function createQualityAlerts(config: RuleConfig): readonly Alert[] {
  return [
    createYellow(config),
    createRed(config),
    createFlagged(config),
    createAtRisk(config),
    createUnknown(config),
    createStale(config),
  ];
}

const SHARED = { category: 'whatsapp', dashboard: 'quality', variables: LINE } as const;

function createYellow(config: RuleConfig): Alert {
  return {
    ...SHARED,
    name: 'WhatsappQualityYellow',
    severity: 'warning',
    for: 'forUrgent',
    expr: holdState(LINE, 'whatsapp_phone_quality_rating{rating="yellow"}', config),
    summary: 'The quality of {{ $labels.line }} is yellow',
    description:
      'WhatsApp rates the number {{ $labels.line }} yellow: people have blocked or reported it more than usual in the last seven days.',
  };
}

function createRed(config: RuleConfig): Alert {
  return {
    ...SHARED,
    name: 'WhatsappQualityRed',
    severity: 'critical',
    for: 'forUrgent',
    expr: holdState(LINE, 'whatsapp_phone_quality_rating{rating="red"}', config),
    summary: 'The quality of {{ $labels.line }} is red',
    description:
      'WhatsApp rates the number {{ $labels.line }} red. Limits and restrictions may follow if it stays so.',
  };
}

function createFlagged(config: RuleConfig): Alert {
  return {
    ...SHARED,
    name: 'WhatsappNumberFlagged',
    severity: 'critical',
    for: 'forUrgent',
    expr: holdState(LINE, 'whatsapp_phone_status{status="flagged"}', config),
    summary: 'The number {{ $labels.line }} is flagged',
    description:
      'WhatsApp has flagged the number {{ $labels.line }} for low quality. It still sends.',
  };
}

function createAtRisk(config: RuleConfig): Alert {
  const green = holdState(LINE, 'whatsapp_phone_quality_rating{rating="green"}', config);
  const signs = `count by (job, line) (${RECORDED.qualitySign}) >= ${config.thresholds.signs}`;
  const names = `query (printf "${RECORDED.qualitySign}{job=%q,line=%q}" $labels.job $labels.line)`;
  return {
    ...SHARED,
    name: 'WhatsappQualityAtRisk',
    severity: 'warning',
    for: 'forUsual',
    expr: `${signs} and on (job, line) (${green})`,
    summary: 'The quality of {{ $labels.line }} is green, but at risk',
    description: `{{ $value }} early signs hold for {{ $labels.line }}, which is still rated green:{{ range ${names} }} {{ .Labels.sign }}{{ end }}.`,
  };
}

function createUnknown(config: RuleConfig): Alert {
  return {
    ...SHARED,
    name: 'WhatsappQualityUnknown',
    severity: 'warning',
    for: 'unknownFor',
    expr: holdState(LINE, 'whatsapp_phone_quality_rating{rating="unknown"}', config),
    summary: 'The quality of {{ $labels.line }} is unknown',
    description:
      'WhatsApp has told no rating of {{ $labels.line }} for hours. Alerts about its quality cannot fire.',
  };
}

/**
 * Only what was polled can be stale: webhooks come when there is news. A day is looked back, so that
 * a process that restarts and polls in vain is noticed too, and a number that is gone is forgotten.
 */
function createStale({ durations }: RuleConfig): Alert {
  const time = `whatsapp_state_observed_timestamp_seconds{kind="phone",source="poll"}`;
  const last = `last_over_time(${time}[${toDuration(durations.recent)}])`;
  const byLine = maxBy(LINE, `label_replace(${last}, "line", "$1", "id", "(.+)")`);
  return {
    ...SHARED,
    name: 'WhatsappQualityStale',
    severity: 'warning',
    for: 'forUsual',
    expr: `time() - ${byLine} > ${durations.staleAfter}`,
    summary: 'Nothing new is known of {{ $labels.line }}',
    description:
      'The last poll about {{ $labels.line }} that succeeded was {{ $value | humanizeDuration }} ago. What the dashboards show of its quality may be over.',
  };
}
