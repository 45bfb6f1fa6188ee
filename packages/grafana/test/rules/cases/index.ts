import type { AlertCases } from '../alert-case';
import { RATIO_CASES } from './day-cases';
import { FAILURE_CASES } from './failure-cases';
import { KNOWLEDGE_CASES } from './knowledge-cases';
import { OWN_CASES } from './own-cases';
import { RESPONSE_CASES } from './response-cases';
import { RISK_CASES } from './risk-cases';
import { WHATSAPP_STATE_CASES } from './whatsapp-state-cases';

/** The cases of every alert. */
export const ALERT_CASES: readonly AlertCases[] = [
  ...WHATSAPP_STATE_CASES,
  ...KNOWLEDGE_CASES,
  ...RISK_CASES,
  ...FAILURE_CASES,
  ...RATIO_CASES,
  ...RESPONSE_CASES,
  ...OWN_CASES,
];
