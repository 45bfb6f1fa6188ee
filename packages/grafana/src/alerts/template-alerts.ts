import type { RuleConfig } from '../config';
import type { Alert } from './alert';
import { holdState } from './held-state';

const TEMPLATE = ['job', 'template', 'language'];

/** Creates the alerts about templates. */
export function createTemplateAlerts(config: RuleConfig): readonly Alert[] {
  return [
    createStatusAlert('paused', 'warning', config),
    createStatusAlert('disabled', 'critical', config),
    createStatusAlert('rejected', 'warning', config),
  ];
}

type TemplateStatus = 'paused' | 'disabled' | 'rejected';

const NAMES: Readonly<Record<TemplateStatus, string>> = {
  paused: 'WhatsappTemplatePaused',
  disabled: 'WhatsappTemplateDisabled',
  rejected: 'WhatsappTemplateRejected',
};

const MEANINGS: Readonly<Record<TemplateStatus, string>> = {
  paused:
    'It cannot be sent until the pause ends, after 3 hours the first time and 6 the second. A third time it is disabled.',
  disabled: 'It cannot be sent any more.',
  rejected: 'It was not approved and cannot be sent.',
};

function createStatusAlert(
  status: TemplateStatus,
  severity: Alert['severity'],
  config: RuleConfig,
): Alert {
  return {
    name: NAMES[status],
    category: 'whatsapp',
    severity,
    for: 'forUrgent',
    expr: holdState(TEMPLATE, `whatsapp_template_status{status="${status}"}`, config),
    summary: `The template {{ $labels.template }} ({{ $labels.language }}) is ${status}`,
    description: `WhatsApp says that the template {{ $labels.template }} in {{ $labels.language }} is ${status}. ${MEANINGS[status]}`,
    dashboard: 'delivery',
    variables: ['job'],
  };
}
