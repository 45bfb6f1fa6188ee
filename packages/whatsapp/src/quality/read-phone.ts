import type { QualityFact, QualitySubject } from '@turnspan/core';
import { compact, type JsonObject, toObject } from '../json';
import {
  type Claim,
  type FieldReader,
  type ReadingContext,
  toFacts,
  toPhone,
  toPortfolio,
} from './field-reading';
import { parseMessagingLimit } from './messaging-limit';
import { parseId, parseName, parseReason, parseWord, toDigits } from './words';

/** The last four went with October 2025; replays and resellers still send them. */
const QUALITY_EVENTS: ReadonlySet<string> = new Set([
  'ONBOARDING',
  'THROUGHPUT_UPGRADE',
  'FLAGGED',
  'UNFLAGGED',
  'UPGRADE',
  'DOWNGRADE',
]);

const STATUS_OF_EVENT: ReadonlyMap<string, string> = new Map([
  ['FLAGGED', 'FLAGGED'],
  ['UNFLAGGED', 'CONNECTED'],
]);

/** Reads `phone_number_quality_update`, which says nothing of a rating any more. */
export const readPhoneQuality: FieldReader = (value, context) => {
  const subject = toPhone(toDigits(value.display_phone_number), context);
  const event = parseWord(value.event);
  if (subject === undefined || event === undefined) return;
  const isHigh = event === 'THROUGHPUT_UPGRADE' && limitOf(value) === 'Infinity';
  const claims: readonly Claim[] = [
    { attribute: 'status', value: STATUS_OF_EVENT.get(event) },
    { attribute: 'throughput', value: isHigh ? 'HIGH' : undefined },
  ];
  return {
    facts: [...toFacts(context, subject, claims), ...toLimit(value, context, subject)],
    events: [{ subject, event, at: context.at }],
    isKnown: QUALITY_EVENTS.has(event),
  };
};

function limitOf(value: JsonObject): string | undefined {
  return (
    parseMessagingLimit(value.max_daily_conversations_per_business) ??
    parseMessagingLimit(value.current_limit)
  );
}

/** The day on which messaging limits moved from the number to the portfolio. */
const PORTFOLIO_LIMITS_SINCE = Date.UTC(2025, 9, 7);

/** Whose limit it is depends on when it was told, and on the name that it was told under. */
function toLimit(
  value: JsonObject,
  context: ReadingContext,
  phone: QualitySubject,
): readonly QualityFact[] {
  const isOfPhone =
    context.at < PORTFOLIO_LIMITS_SINCE && value.max_daily_conversations_per_business === undefined;
  const portfolio = context.accountId === undefined ? undefined : toPortfolio(context.accountId);
  const subject = isOfPhone ? phone : portfolio;
  if (subject === undefined) return [];
  return toFacts(context, subject, [{ attribute: 'messaging_limit', value: limitOf(value) }]);
}

const DECISIONS: ReadonlySet<string> = new Set(['APPROVED', 'REJECTED', 'PENDING', 'DEFERRED']);

/** Reads `phone_number_name_update`. The API calls `DECLINED` what the webhook calls `REJECTED`. */
export const readPhoneName: FieldReader = (value, context) => {
  const phone = toPhone(toDigits(value.display_phone_number), context);
  const decision = parseWord(value.decision);
  if (phone === undefined || decision === undefined) return;
  const name = decision === 'APPROVED' ? parseName(value.requested_verified_name) : undefined;
  const subject = compact<QualitySubject>({ ...phone, name });
  const status = decision === 'REJECTED' ? 'DECLINED' : decision;
  const reason = parseReason(value.rejection_reason);
  return {
    facts: toFacts(context, subject, [{ attribute: 'name_status', value: status, reason }]),
    events: [{ subject, event: context.field, at: context.at }],
    isKnown: DECISIONS.has(decision),
  };
};

const SECURITY_EVENTS: ReadonlySet<string> = new Set([
  'PIN_CHANGED',
  'PIN_RESET_REQUEST',
  'PIN_REQUEST_SUCCESS',
]);

/** Reads `security`. */
export const readSecurity: FieldReader = (value, context) => {
  const subject = toPhone(toDigits(value.display_phone_number), context);
  const event = parseWord(value.event);
  if (subject === undefined || event === undefined) return;
  return { events: [{ subject, event, at: context.at }], isKnown: SECURITY_EVENTS.has(event) };
};

/** Reads `business_username_updates`. */
export const readUsername: FieldReader = (value, context) => {
  const subject = toPhone(toDigits(value.display_phone_number), context);
  if (subject === undefined) return;
  return { events: [{ subject, event: context.field, at: context.at }], isKnown: true };
};

/** Reads `account_settings_update`, which is about the settings of a number. */
export const readPhoneSettings: FieldReader = (value, context) => {
  const id = parseId(toObject(value.phone_number_settings).phone_number_id);
  const subject = toPhone(id, context);
  const event = parseWord(value.type);
  if (subject === undefined || event === undefined) return;
  return {
    events: [{ subject, event, at: context.at }],
    isKnown: event === 'PHONE_NUMBER_SETTINGS',
  };
};
