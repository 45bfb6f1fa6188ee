import type { QualityFact, QualitySubject } from '@turnspan/core';
import { T0 } from './events';

export const PHONE: QualitySubject = { kind: 'phone', id: '15550001', accountId: 'waba1' };

export const TEMPLATE: QualitySubject = {
  kind: 'template',
  id: '9001',
  name: 'order_ready',
  language: 'en_US',
  accountId: 'waba1',
};

export const ACCOUNT: QualitySubject = { kind: 'account', id: 'waba1' };

export const PORTFOLIO: QualitySubject = { kind: 'portfolio', id: 'biz1' };

/** A fact: by default that a phone number is green. */
export function fact(overrides: Partial<QualityFact> = {}): QualityFact {
  return {
    subject: PHONE,
    attribute: 'rating',
    value: 'GREEN',
    at: T0 - 60_000,
    observedAt: T0,
    source: 'poll',
    ...overrides,
  };
}

/** Of every attribute and kind that the metrics tell of, something. */
export const SCRIPT_QUALITY: readonly QualityFact[] = [
  fact(),
  fact({ attribute: 'status', value: 'CONNECTED' }),
  fact({ attribute: 'throughput', value: 'STANDARD' }),
  fact({ attribute: 'health', value: 'LIMITED' }),
  fact({ subject: PORTFOLIO, attribute: 'messaging_limit', value: 'Infinity', source: 'webhook' }),
  fact({ subject: TEMPLATE, value: 'RED', source: 'webhook' }),
  fact({ subject: TEMPLATE, attribute: 'status', value: 'PAUSED', until: T0 + 10_800_000 }),
  fact({
    subject: ACCOUNT,
    attribute: 'restriction',
    key: 'RESTRICTED_BIZ_INITIATED_MESSAGING',
    value: 'RESTRICTED',
    until: T0 + 86_400_000,
  }),
];
