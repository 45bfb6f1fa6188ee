import type { RuleConfig } from '../config';
import { toDuration } from '../durations';
import { countIncrease, maxBy, type Selector, sumBy } from '../promql';
import type { Alert } from './alert';

/** Creates the alerts about Turnspan itself. */
export function createOwnAlerts(config: RuleConfig): readonly Alert[] {
  return [
    createContainedErrors(config),
    createLabelOverflow(),
    createSweeperBehind(config),
    createJournalLosing(config),
    createGraphBudgetLow(config),
  ];
}

const SHARED = {
  category: 'turnspan',
  severity: 'warning',
  for: 'forUsual',
  dashboard: 'itself',
  variables: ['job'],
} as const;

function createContainedErrors({ durations, thresholds }: RuleConfig): Alert {
  const errors = countTrouble('turnspan_contained_errors_total', durations.trouble);
  return {
    ...SHARED,
    name: 'TurnspanContainedErrors',
    expr: `${errors} >= ${thresholds.containedErrors}`,
    summary: 'Turnspan fails inside {{ $labels.job }}',
    description:
      '{{ $value | humanize }} failures of Turnspan were kept from the bot within minutes. The bot goes on; numbers may be missing.',
  };
}

/** What has overflown stays so until the process starts again, so the count is never looked at alone. */
function createLabelOverflow(): Alert {
  return {
    ...SHARED,
    name: 'TurnspanLabelOverflow',
    expr: `${maxBy(['job', 'label'], 'turnspan_label_overflow_total')} > 0`,
    summary: 'Values of {{ $labels.label }} are left out in {{ $labels.job }}',
    description:
      'There are more values of the label {{ $labels.label }} than its cap lets through. The others share the value __other__.',
  };
}

/** The last lag holds while a process restarts. */
function createSweeperBehind({ durations, thresholds }: RuleConfig): Alert {
  const lag = `last_over_time(turnspan_sweep_lag_seconds[${toDuration(durations.forUsual)}])`;
  return {
    ...SHARED,
    name: 'TurnspanSweeperBehind',
    expr: `${maxBy(['job'], lag)} > ${thresholds.sweepLag}`,
    summary: 'Drops are noticed too late in {{ $labels.job }}',
    description:
      'A deadline passed {{ $value | humanizeDuration }} ago and nobody has dealt with it. Drop-off comes in late.',
  };
}

function createJournalLosing({ durations }: RuleConfig): Alert {
  return {
    ...SHARED,
    name: 'TurnspanJournalLosing',
    for: 'forUrgent',
    expr: `${countTrouble('turnspan_journal_dropped_total', durations.trouble)} > 0`,
    summary: 'The journal of {{ $labels.job }} loses records',
    description: '{{ $value | humanize }} records of the journal were lost within minutes.',
  };
}

function createGraphBudgetLow({ thresholds }: RuleConfig): Alert {
  return {
    ...SHARED,
    category: 'whatsapp',
    name: 'WhatsappGraphBudgetLow',
    dashboard: 'delivery',
    expr: `${maxBy(['job', 'kind'], 'whatsapp_graph_usage_ratio')} > ${thresholds.graphUsage}`,
    summary: 'A rate limit of the Graph API is nearly used up ({{ $labels.kind }})',
    description:
      '{{ $value | humanizePercentage }} of the rate limit {{ $labels.kind }} are used up. Beyond it requests are refused.',
  };
}

function countTrouble(selector: Selector, seconds: number): string {
  return sumBy(['job'], countIncrease(selector, seconds));
}
