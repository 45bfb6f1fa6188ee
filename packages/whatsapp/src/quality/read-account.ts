import type { QualitySubject } from '@turnspan/core';
import { type JsonObject, toArray, toObject } from '../json';
import {
  type Claim,
  type FieldReader,
  type ReadingContext,
  toAccount,
  toFacts,
  toPhone,
  toPortfolio,
} from './field-reading';
import { parseMessagingLimit } from './messaging-limit';
import { parseId, parseMoment, parseWord } from './words';

const EVENTS: ReadonlySet<string> = new Set([
  'ACCOUNT_DELETED',
  'ACCOUNT_OFFBOARDED',
  'ACCOUNT_RECONNECTED',
  'ACCOUNT_RESTRICTION',
  'ACCOUNT_VIOLATION',
  'AD_ACCOUNT_LINKED',
  'AUTH_INTL_PRICE_ELIGIBILITY_UPDATE',
  'BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE',
  'DISABLED_UPDATE',
  'MM_LITE_TERMS_SIGNED',
  'PARTNER_ADDED',
  'PARTNER_APP_INSTALLED',
  'PARTNER_APP_UNINSTALLED',
  'PARTNER_CLIENT_CERTIFICATION_NEEDED',
  'PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE',
  'PARTNER_REMOVED',
  'VERIFIED_ACCOUNT',
  'VOLUME_BASED_PRICING_TIER_UPDATE',
]);

const STATUS_OF_EVENT: ReadonlyMap<string, string> = new Map([
  ['ACCOUNT_DELETED', 'DELETED'],
  ['ACCOUNT_OFFBOARDED', 'OFFBOARDED'],
  ['ACCOUNT_RECONNECTED', 'ACTIVE'],
]);

/** In the words of the API, which calls an account that works `ACTIVE`. */
const STATUS_OF_BAN: ReadonlyMap<string, string> = new Map([
  ['DISABLE', 'DISABLED'],
  ['REINSTATE', 'ACTIVE'],
]);

/**
 * Reads `account_update`. `ACCOUNT_RESTRICTION` restricts only what its `restriction_info` names:
 * without one it is a warning, or the end of a restriction, and an event is all that can be said.
 */
export const readAccount: FieldReader = (value, context) => {
  const event = parseWord(value.event);
  const subject = toSubject(value, context);
  if (subject === undefined || event === undefined) return;
  const violation = parseWord(toObject(value.violation_info).violation_type);
  const claims: readonly Claim[] = [
    { attribute: 'status', value: STATUS_OF_EVENT.get(event) },
    { attribute: 'violation', value: violation },
    ...toBan(value),
    ...toRestrictions(value, violation),
  ];
  return {
    facts: toFacts(context, subject, claims),
    events: [{ subject, event, at: context.at }],
    isKnown: EVENTS.has(event),
  };
};

/** Webhooks to partners name the partner in `entry.id`, and the account in the value. */
function toSubject(value: JsonObject, context: ReadingContext): QualitySubject | undefined {
  const accountId = parseId(toObject(value.waba_info).waba_id) ?? context.accountId;
  return toAccount({ ...context, accountId });
}

function toBan(value: JsonObject): readonly Claim[] {
  const ban = toObject(value.ban_info);
  const state = parseWord(ban.waba_ban_state);
  if (state === undefined) return [];
  const until = state === 'SCHEDULE_FOR_DISABLE' ? parseMoment(ban.waba_ban_date) : undefined;
  return [{ attribute: 'status', value: STATUS_OF_BAN.get(state) ?? state, until }];
}

function toRestrictions(value: JsonObject, reason: string | undefined): readonly Claim[] {
  return toArray(value.restriction_info).flatMap((input) => {
    const { restriction_type, expiration } = toObject(input);
    const key = parseWord(restriction_type);
    if (key === undefined) return [];
    const until = parseMoment(expiration);
    return [{ attribute: 'restriction', key, value: 'RESTRICTED', until, reason }] as const;
  });
}

const DECISIONS: ReadonlySet<string> = new Set(['APPROVED', 'REJECTED', 'PENDING', 'DEFERRED']);

/** Reads `account_review_update`. */
export const readAccountReview: FieldReader = (value, context) => {
  const subject = toAccount(context);
  const decision = parseWord(value.decision);
  if (subject === undefined || decision === undefined) return;
  return {
    facts: toFacts(context, subject, [{ attribute: 'review', value: decision }]),
    events: [{ subject, event: context.field, at: context.at }],
    isKnown: DECISIONS.has(decision),
  };
};

const ALERTS: ReadonlySet<string> = new Set([
  'INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED',
  'INCREASED_CAPABILITIES_ELIGIBILITY_FAILED',
  'INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO',
  'OBA_APPROVED',
  'OBA_REJECTED',
  'PROFILE_PICTURE_LOST',
]);

/** Reads `account_alerts`: events only, because an alert is never taken back. */
export const readAlert: FieldReader = (value, context) => {
  const event = parseWord(toObject(value.alert_info).alert_type);
  const subject = toAlerted(value, context) ?? toAccount(context);
  if (subject === undefined || event === undefined) return;
  return { events: [{ subject, event, at: context.at }], isKnown: ALERTS.has(event) };
};

function toAlerted(value: JsonObject, context: ReadingContext): QualitySubject | undefined {
  const id = parseId(value.entity_id);
  if (id === undefined) return;
  if (value.entity_type === 'BUSINESS') return { kind: 'portfolio', id };
  // Meta's own example of CURRENT_STATUS_ID holds the id of a number.
  const isPhone = value.entity_type === 'PHONE_NUMBER' || value.entity_type === 'CURRENT_STATUS_ID';
  return isPhone ? toPhone(id, context) : undefined;
}

/**
 * Reads `business_capability_update`. Before 2026 it told a limit per number; when limits moved to
 * the portfolio, that became the portfolio's.
 */
export const readCapability: FieldReader = (value, context) => {
  if (context.accountId === undefined) return;
  const subject = toPortfolio(context.accountId);
  const limit =
    parseMessagingLimit(value.max_daily_conversations_per_business) ??
    parseMessagingLimit(value.max_daily_conversation_per_phone);
  return {
    facts: toFacts(context, subject, [{ attribute: 'messaging_limit', value: limit }]),
    events: [{ subject, event: context.field, at: context.at }],
    isKnown: true,
  };
};
