import type { QualityFact, Timestamp, WebhookSignal } from '@turnspan/core';
import { fingerprintOf } from '../dedup-key';
import { OTHER_FIELD, toFieldLabel } from '../fields';
import { isJsonObject } from '../json';
import type { FieldChange } from '../types';
import type {
  FieldReader,
  FieldReading,
  Preference,
  QualityEvent,
  ReadingContext,
} from './field-reading';
import { readAccount, readAccountReview, readAlert, readCapability } from './read-account';
import {
  readPhoneName,
  readPhoneQuality,
  readPhoneSettings,
  readSecurity,
  readUsername,
} from './read-phone';
import { readPreferences } from './read-preferences';
import {
  readTemplateCategory,
  readTemplateNote,
  readTemplateQuality,
  readTemplateStatus,
} from './read-template';
import { parseId } from './words';

/** What an update of a webhook says about the business. */
export interface QualityReading {
  readonly facts: readonly QualityFact[];
  readonly events: readonly QualityEvent[];
  readonly preferences: readonly Preference[];
  /** The same for the same update, however often it comes; empty when it is invalid. */
  readonly fingerprint: string;
  /** `unknown`: a word or field is new to us, and kept as far as it goes. */
  readonly result: Extract<WebhookSignal['result'], 'applied' | 'unknown' | 'invalid'>;
}

const READERS: ReadonlyMap<string, FieldReader> = new Map([
  ['account_alerts', readAlert],
  ['account_review_update', readAccountReview],
  ['account_settings_update', readPhoneSettings],
  ['account_update', readAccount],
  ['business_capability_update', readCapability],
  ['business_username_updates', readUsername],
  ['message_template_components_update', readTemplateNote],
  ['message_template_quality_update', readTemplateQuality],
  ['message_template_status_update', readTemplateStatus],
  ['phone_number_name_update', readPhoneName],
  ['phone_number_quality_update', readPhoneQuality],
  ['security', readSecurity],
  ['template_category_update', readTemplateCategory],
  ['template_correct_category_detection', readTemplateNote],
  ['user_preferences', readPreferences],
]);

/**
 * Reads a change. Takes anything and never throws; of what is wrong it tells no fact. Documented
 * fields that say nothing about quality, as `history`, are applied and tell nothing.
 */
export function readChange(change: FieldChange, receivedAt: Timestamp): QualityReading {
  const fingerprint = tryFingerprint(change);
  if (fingerprint === undefined || !isJsonObject(change.value)) return toReading('', undefined);
  const reader = READERS.get(change.field);
  if (reader) return toReading(fingerprint, reader(change.value, toContext(change, receivedAt)));
  return toReading(fingerprint, { isKnown: toFieldLabel(change.field) !== OTHER_FIELD });
}

/** A value can be nested so deeply that nothing can walk through it. */
function tryFingerprint(change: FieldChange): string | undefined {
  try {
    return fingerprintOf(change);
  } catch {
    return;
  }
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** A time far ahead is not believed, because nothing that comes later could ever correct it. */
function toContext(change: FieldChange, receivedAt: Timestamp): ReadingContext {
  const { field, timestamp = receivedAt } = change;
  return {
    accountId: parseId(change.accountId),
    field,
    at: timestamp > receivedAt + DAY_MS ? receivedAt : timestamp,
    observedAt: receivedAt,
  };
}

function toReading(fingerprint: string, reading: FieldReading | undefined): QualityReading {
  const { facts = [], events = [], preferences = [] } = reading ?? {};
  if (!reading) return { facts, events, preferences, fingerprint: '', result: 'invalid' };
  const result = reading.isKnown ? 'applied' : 'unknown';
  return { facts, events, preferences, fingerprint, result };
}
