import type { QualitySubject, Timestamp } from '@turnspan/core';
import { type JsonObject, toObject } from '../json';
import {
  type Claim,
  type FieldReader,
  type FieldReading,
  type ReadingContext,
  toFacts,
  toTemplate,
} from './field-reading';
import { parseMoment, parseReason, parseWord } from './words';

const EVENTS: ReadonlySet<string> = new Set([
  'APPROVED',
  'ARCHIVED',
  'DELETED',
  'DISABLED',
  'FLAGGED',
  'IN_APPEAL',
  'LIMIT_EXCEEDED',
  'LOCKED',
  'PAUSED',
  'PENDING',
  'PENDING_DELETION',
  'REINSTATED',
  'REJECTED',
  'UNARCHIVED',
]);

/** Events whose status has another name in the API, so that webhook and poll agree. */
const STATUS_OF_EVENT: ReadonlyMap<string, string> = new Map([
  ['REINSTATED', 'APPROVED'],
  ['UNARCHIVED', 'APPROVED'],
  ['UNPAUSE', 'APPROVED'],
]);

const HOUR_MS = 60 * 60 * 1000;
/** How long a pause lasts. The webhook does not say; one by rate limiting ends when it is ended. */
const PAUSE_MS: ReadonlyMap<string, number> = new Map([
  ['FIRST_PAUSE', 3 * HOUR_MS],
  ['SECOND_PAUSE', 6 * HOUR_MS],
]);

const RATINGS: ReadonlySet<string> = new Set(['GREEN', 'YELLOW', 'RED', 'UNKNOWN']);

/** Reads `message_template_status_update`. */
export const readTemplateStatus: FieldReader = (value, context) => {
  const subject = toTemplate(value, context);
  const title = parseWord(toObject(value.other_info).title);
  const named = parseWord(value.event);
  if (subject === undefined || named === undefined) return;
  // Meta does not say which event goes with the title UNPAUSE, so the title decides.
  const event = title === 'UNPAUSE' ? title : named;
  const claims: readonly Claim[] = [
    {
      attribute: 'status',
      value: STATUS_OF_EVENT.get(event) ?? event,
      until: toEnd(event, value, context.at),
      reason: parseReason(value.reason) ?? (title === event ? undefined : title),
    },
    { attribute: 'category', value: parseWord(value.message_template_category) },
  ];
  return {
    facts: toFacts(context, subject, claims),
    events: [{ subject, event, at: context.at }],
    isKnown: EVENTS.has(named),
  };
};

/** When a status ends by itself: a pause after its hours, a flag when the template is disabled. */
function toEnd(event: string, value: JsonObject, at: Timestamp): Timestamp | undefined {
  if (event === 'FLAGGED') return parseMoment(toObject(value.disable_info).disable_date);
  if (event !== 'PAUSED') return;
  const pauseMs = PAUSE_MS.get(parseWord(toObject(value.other_info).title) ?? '');
  return pauseMs === undefined ? undefined : at + pauseMs;
}

/** Reads `message_template_quality_update`. */
export const readTemplateQuality: FieldReader = (value, context) => {
  const rating = parseWord(value.new_quality_score);
  if (rating === undefined) return;
  return readTemplate(value, context, {
    claim: { attribute: 'rating', value: rating },
    isKnown: RATINGS.has(rating),
  });
};

/**
 * Reads `template_category_update`. A day ahead `new_category` is still the present one, and the
 * fact then ends when the category changes, with the coming category as its reason.
 */
export const readTemplateCategory: FieldReader = (value, context) => {
  const category = parseWord(value.new_category);
  if (category === undefined) return;
  const coming = parseWord(value.correct_category);
  if (coming === undefined) {
    return readTemplate(value, context, { claim: { attribute: 'category', value: category } });
  }
  const until = parseMoment(value.category_update_timestamp);
  return readTemplate(value, context, {
    claim: { attribute: 'category', value: category, until, reason: coming },
    event: 'template_category_update.impending',
  });
};

/** Reads what is worth a mark in the history of a template and changes nothing that is known of it. */
export const readTemplateNote: FieldReader = (value, context) => readTemplate(value, context, {});

interface TemplateReading {
  readonly claim?: Claim;
  /** @default the field, because Meta gives the event no name */
  readonly event?: string;
  /** @default true */
  readonly isKnown?: boolean;
}

function readTemplate(
  value: JsonObject,
  context: ReadingContext,
  { claim, event = context.field, isKnown = true }: TemplateReading,
): FieldReading | undefined {
  const subject: QualitySubject | undefined = toTemplate(value, context);
  if (subject === undefined) return;
  return {
    facts: toFacts(context, subject, claim ? [claim] : []),
    events: [{ subject, event, at: context.at }],
    isKnown,
  };
}
