import type { RuleConfig } from '../config';
import { RECORDED } from '../recorded';
import type { Alert } from './alert';
import { holdState } from './held-state';

const LINE = ['job', 'line'];

/** Reasons for which WhatsApp sends nothing more, whoever the message is for. */
const BLOCKING = 'policy|billing|auth|throttled|transient';

/** Negative feedback has an alert of its own. */
const ELSEWHERE = `${BLOCKING}|negative_feedback`;

/** Creates the alerts about WhatsApp not taking messages. */
export function createSendingAlerts(config: RuleConfig): readonly Alert[] {
  return [
    createRestricted(config),
    createLimitReached(config),
    createNumberBlocked(config),
    createSendingBlocked(config),
    createSendsRefused(config),
    createSendsFailing(config),
    createUndelivered(config),
  ];
}

const BLOCKED = {
  category: 'whatsapp',
  severity: 'critical',
  sending: 'blocked',
  dashboard: 'delivery',
} as const;

/** Not every restriction is about messages: one forbids to add numbers. */
function createRestricted(config: RuleConfig): Alert {
  return {
    ...BLOCKED,
    name: 'WhatsappAccountRestricted',
    sending: '{{ if match "messaging" $labels.restriction }}blocked{{ end }}',
    for: 'forUrgent',
    expr: holdState(['job', 'account', 'restriction'], 'whatsapp_account_restricted', config),
    summary: 'The account {{ $labels.account }} is restricted',
    description:
      'WhatsApp has put the restriction {{ $labels.restriction }} on {{ $labels.account }}.',
    variables: ['job'],
  };
}

function createLimitReached(config: RuleConfig): Alert {
  const selector = 'whatsapp_phone_status{status=~"restricted|rate_limited"}';
  return {
    ...BLOCKED,
    name: 'WhatsappLimitReached',
    for: 'forUrgent',
    expr: holdState([...LINE, 'status'], selector, config),
    summary: 'The number {{ $labels.line }} has reached a limit',
    description:
      'The number {{ $labels.line }} is {{ $labels.status }}: it has reached its limit of people to write to first, or of messages.',
    variables: LINE,
  };
}

function createNumberBlocked(config: RuleConfig): Alert {
  const selector = 'whatsapp_phone_status{status=~"banned|disconnected"}';
  return {
    ...BLOCKED,
    name: 'WhatsappNumberBlocked',
    for: 'forUrgent',
    expr: holdState([...LINE, 'status'], selector, config),
    summary: 'The number {{ $labels.line }} is {{ $labels.status }}',
    description: 'The number {{ $labels.line }} can neither send nor receive.',
    variables: LINE,
  };
}

/** Templates that are blocked have alerts of their own, and do not block the rest. */
function createSendingBlocked(config: RuleConfig): Alert {
  const labels = ['job', 'entity', 'id'];
  const phone = 'whatsapp_health{entity="phone",can_send_message="blocked"}';
  const above = 'whatsapp_health{entity=~"account|portfolio",can_send_message="blocked"}';
  const byLine = `label_replace(${holdState(labels, phone, config)}, "line", "$1", "id", "(.+)")`;
  return {
    ...BLOCKED,
    name: 'WhatsappSendingBlocked',
    for: 'forUrgent',
    expr: `${byLine} or ${holdState(labels, above, config)}`,
    summary: 'WhatsApp blocks sending for the {{ $labels.entity }} {{ $labels.id }}',
    description:
      'Asked for the health of the {{ $labels.entity }} {{ $labels.id }}, WhatsApp says that it cannot send messages.',
    variables: ['job'],
  };
}

function createSendsRefused({ thresholds }: RuleConfig): Alert {
  const lower = `${RECORDED.failureLower}{class=~"${BLOCKING}"} > ${thresholds.refusalRatio}`;
  return {
    ...BLOCKED,
    name: 'WhatsappSendsRefused',
    for: 'forUsual',
    expr: `${lower} and ${RECORDED.failureCount} >= ${thresholds.failureCount}`,
    summary: 'WhatsApp refuses messages of {{ $labels.line }} ({{ $labels.class }})',
    description:
      'At least {{ $value | humanizePercentage }} of the messages of {{ $labels.line }} fail for the reason {{ $labels.class }}, which has nothing to do with whom they are for.',
    variables: LINE,
  };
}

function createSendsFailing({ thresholds }: RuleConfig): Alert {
  const lower = `${RECORDED.failureLower}{class!~"${ELSEWHERE}"} > ${thresholds.failureRatio}`;
  return {
    name: 'WhatsappSendsFailing',
    category: 'whatsapp',
    severity: 'warning',
    for: 'forUsual',
    expr: `${lower} and ${RECORDED.failureCount} >= ${thresholds.failureCount}`,
    summary: 'Messages of {{ $labels.line }} do not arrive ({{ $labels.class }})',
    description:
      'At least {{ $value | humanizePercentage }} of the messages of {{ $labels.line }} fail for the reason {{ $labels.class }}.',
    dashboard: 'delivery',
    variables: LINE,
  };
}

function createUndelivered({ thresholds }: RuleConfig): Alert {
  const lower = `${RECORDED.undeliveredLower} > ${thresholds.undeliveredRatio}`;
  return {
    ...BLOCKED,
    name: 'WhatsappMessagesUndelivered',
    for: 'forUsual',
    expr: `${lower} and ${RECORDED.undeliveredCount} >= ${thresholds.failureCount}`,
    summary: 'Messages of {{ $labels.job }} are not delivered',
    description:
      'At least {{ $value | humanizePercentage }} of the visits end because their message was refused or failed.',
    variables: ['job'],
  };
}
