import type { AlertCases, Firing } from '../alert-case';
import { createStateCases, type Gauge } from './state-cases';

const LINE = { line: '1001' };
const TEMPLATE = { template: 'order_ready', language: 'en' };

const rating = (value: string): Gauge => ({
  name: 'whatsapp_phone_quality_rating',
  labels: { ...LINE, rating: value },
});

const status = (value: string): Gauge => ({
  name: 'whatsapp_phone_status',
  labels: { ...LINE, status: value },
});

const template = (value: string): Gauge => ({
  name: 'whatsapp_template_status',
  labels: { ...TEMPLATE, status: value },
});

const restriction = (value: string): Gauge => ({
  name: 'whatsapp_account_restricted',
  labels: { account: '2002', restriction: value },
});

const health = (entity: string, ability: string): Gauge => ({
  name: 'whatsapp_health',
  labels: { entity, id: LINE.line, can_send_message: ability },
});

type Row = readonly [
  alert: string,
  severity: 'warning' | 'critical',
  labels: Firing,
  state: Gauge,
  other: Gauge,
];

const BLOCKED = { sending: 'blocked' };
const BIZ = 'restricted_biz_initiated_messaging';

const ROWS: readonly Row[] = [
  ['WhatsappQualityYellow', 'warning', LINE, rating('yellow'), rating('green')],
  ['WhatsappQualityRed', 'critical', LINE, rating('red'), rating('green')],
  ['WhatsappNumberFlagged', 'critical', LINE, status('flagged'), status('connected')],
  ['WhatsappTemplatePaused', 'warning', TEMPLATE, template('paused'), template('approved')],
  ['WhatsappTemplateDisabled', 'critical', TEMPLATE, template('disabled'), template('archived')],
  ['WhatsappTemplateRejected', 'warning', TEMPLATE, template('rejected'), template('pending')],
  [
    'WhatsappLimitReached',
    'critical',
    { ...LINE, ...BLOCKED, status: 'restricted' },
    status('restricted'),
    status('connected'),
  ],
  [
    'WhatsappNumberBlocked',
    'critical',
    { ...LINE, ...BLOCKED, status: 'banned' },
    status('banned'),
    status('unverified'),
  ],
  [
    'WhatsappSendingBlocked',
    'critical',
    { ...LINE, ...BLOCKED, entity: 'phone', id: LINE.line },
    health('phone', 'blocked'),
    health('phone', 'limited'),
  ],
  [
    'WhatsappAccountRestricted',
    'critical',
    { ...BLOCKED, account: '2002', restriction: BIZ },
    restriction(BIZ),
    { ...restriction(BIZ), value: 0 },
  ],
];

/** Every alert about a state that WhatsApp tells, with its cases. */
export const WHATSAPP_STATE_CASES: readonly AlertCases[] = ROWS.map(
  ([alert, severity, labels, state, other]) =>
    createStateCases(alert, {
      firing: { alertname: alert, category: 'whatsapp', severity, ...labels },
      state,
      other,
    }),
);
