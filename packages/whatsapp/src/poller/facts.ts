import type {
  QualityAttribute,
  QualityFact,
  QualityKind,
  QualitySubject,
  Timestamp,
} from '@turnspan/core';
import { compact, type JsonObject, toArray, toObject, toText } from '../json';
import { parseMessagingLimit } from '../quality/messaging-limit';
import { parseTimestamp } from '../timestamp';

/** Where and when something was read. */
export interface Observation {
  readonly accountId: string;
  readonly at: Timestamp;
}

/** What is read of numbers; those that not every version knows apart. */
export const PHONE_FIELDS: readonly string[] = [
  'id',
  'display_phone_number',
  'verified_name',
  'quality_rating',
];
/** See {@link PHONE_FIELDS}. */
export const DOUBTFUL_PHONE_FIELDS: readonly string[] = [
  'quality_score',
  'status',
  'throughput',
  'name_status',
];

/** What a row of the list of numbers says. */
export function toPhoneFacts(row: JsonObject, observation: Observation): readonly QualityFact[] {
  const subject = toSubject('phone', row, { ...observation, name: row.verified_name });
  if (!subject) return [];
  const observed = { subject, at: observation.at };
  return [
    ...toRatingFacts(row, observed),
    ...toFacts(observed, 'status', row.status),
    ...toFacts(observed, 'throughput', toObject(row.throughput).level),
    ...toFacts(observed, 'name_status', row.name_status),
  ];
}

/** What is read of templates; those that not every version knows apart. */
export const TEMPLATE_FIELDS: readonly string[] = ['id', 'name', 'language', 'status', 'category'];
/** See {@link TEMPLATE_FIELDS}. */
export const DOUBTFUL_TEMPLATE_FIELDS: readonly string[] = ['quality_score', 'rejected_reason'];

/** What a row of the list of templates says. */
export function toTemplateFacts(row: JsonObject, observation: Observation): readonly QualityFact[] {
  const { name } = row;
  // Webhooks write en-US, and the API en_US.
  const language = toText(row.language)?.replaceAll('-', '_');
  const subject = toSubject('template', row, { ...observation, name, language });
  if (!subject) return [];
  const observed = { subject, at: observation.at };
  const reason = row.rejected_reason === 'NONE' ? undefined : toText(row.rejected_reason);
  return [
    ...toRatingFacts(row, observed),
    ...toFacts({ ...observed, reason }, 'status', row.status),
    ...toFacts(observed, 'category', row.category),
  ];
}

/** What an account says of itself. */
export function toAccountFacts(row: JsonObject, observation: Observation): readonly QualityFact[] {
  const { accountId, at } = observation;
  const subject = compact<QualitySubject>({
    kind: 'account',
    id: accountId,
    name: toText(row.name),
    accountId,
  });
  return [
    ...toFacts({ subject, at }, 'status', row.status),
    ...toFacts({ subject, at }, 'review', row.account_review_status),
  ];
}

/**
 * What a messaging limit says. The limit is the portfolio's. Read from the account it is given
 * to a portfolio that has the id of the account, because the webhooks about it name no other;
 * read from a number, to that number.
 */
export function toLimitFacts(
  row: JsonObject,
  kind: 'portfolio' | 'phone',
  { accountId, at }: Observation,
): readonly QualityFact[] {
  const id = kind === 'portfolio' ? accountId : toText(row.id);
  if (id === undefined) return [];
  const limit = parseMessagingLimit(row.whatsapp_business_manager_messaging_limit);
  return toFacts({ subject: { kind, id, accountId }, at }, 'messaging_limit', limit);
}

interface Observed {
  readonly subject: QualitySubject;
  readonly at: Timestamp;
  readonly since?: Timestamp | undefined;
  readonly reason?: string | undefined;
}

/** One fact, or none when nothing was said. */
export function toFacts(
  { subject, at, since = at, reason }: Observed,
  attribute: QualityAttribute,
  value: unknown,
): readonly QualityFact[] {
  const text = toText(value);
  if (text === undefined) return [];
  const fact = compact<QualityFact>({
    subject,
    attribute,
    value: text,
    at: since,
    observedAt: at,
    source: 'poll',
    key: undefined,
    until: undefined,
    reason,
  });
  return [fact];
}

/** The date belongs to the score: it dates a rating only if that is the same. */
function toRatingFacts(row: JsonObject, observed: Observed): readonly QualityFact[] {
  const { score, date, reasons } = toObject(row.quality_score);
  const rating = toText(row.quality_rating) ?? toText(score);
  const since = rating === score ? parseTimestamp(date) : undefined;
  const reason = toArray(reasons).map(toText).filter(Boolean).join(', ') || undefined;
  return toFacts({ ...observed, since, reason }, 'rating', rating);
}

function toSubject(
  kind: QualityKind,
  { id }: JsonObject,
  {
    accountId,
    name,
    language,
  }: { accountId: string; name: unknown; language?: string | undefined },
): QualitySubject | undefined {
  const text = toText(id);
  if (text === undefined) return undefined;
  return compact<QualitySubject>({ kind, id: text, name: toText(name), language, accountId });
}
