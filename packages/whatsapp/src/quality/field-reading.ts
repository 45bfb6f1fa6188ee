import type {
  PreferenceSignal,
  QualityEventSignal,
  QualityFact,
  QualitySubject,
  Timestamp,
} from '@turnspan/core';
import { compact, type JsonObject } from '../json';
import { parseId, parseLanguage, parseName } from './words';

/** What a webhook calls an event: the subject, Meta's name of it, and when. */
export type QualityEvent = Omit<QualityEventSignal, 'kind'>;

/** What a person decided. */
export type Preference = Omit<PreferenceSignal, 'kind' | 'channel'>;

/** What is known of a change beside its value. */
export interface ReadingContext {
  /** `entry.id`, if it is one. */
  readonly accountId: string | undefined;
  readonly field: string;
  readonly at: Timestamp;
  readonly observedAt: Timestamp;
}

/** What the value of a field says. */
export interface FieldReading {
  readonly facts?: readonly QualityFact[];
  readonly events?: readonly QualityEvent[];
  readonly preferences?: readonly Preference[];
  /** Whether all its words are documented; those that are not are kept as they are. */
  readonly isKnown: boolean;
}

/** Reads the value of one field; undefined when it lacks what it needs. */
export type FieldReader = (value: JsonObject, context: ReadingContext) => FieldReading | undefined;

/** A fact, without what it shares with the others of the same change. */
export type Claim = Pick<QualityFact, 'attribute'> & {
  /** Undefined where Meta said nothing that could be read: then there is no fact. */
  readonly value: string | undefined;
  readonly key?: string | undefined;
  readonly until?: Timestamp | undefined;
  readonly reason?: string | undefined;
};

/** Makes facts of what a change claims of a subject. */
export function toFacts(
  { at, observedAt }: ReadingContext,
  subject: QualitySubject,
  claims: readonly Claim[],
): readonly QualityFact[] {
  return claims.flatMap(({ value, ...claim }) =>
    value === undefined
      ? []
      : [compact<QualityFact>({ subject, ...claim, value, at, observedAt, source: 'webhook' })],
  );
}

/** The template that a value is about. */
export function toTemplate(
  value: JsonObject,
  { accountId }: ReadingContext,
): QualitySubject | undefined {
  const id = parseId(value.message_template_id);
  if (id === undefined) return;
  return compact<QualitySubject>({
    kind: 'template',
    id,
    name: parseName(value.message_template_name),
    language: parseLanguage(value.message_template_language),
    accountId,
  });
}

/** A number, by its id or by its digits. */
export function toPhone(
  id: string | undefined,
  { accountId }: ReadingContext,
): QualitySubject | undefined {
  return id === undefined ? undefined : compact<QualitySubject>({ kind: 'phone', id, accountId });
}

/** The account that a change belongs to. */
export function toAccount({ accountId }: ReadingContext): QualitySubject | undefined {
  return accountId === undefined ? undefined : { kind: 'account', id: accountId };
}

/**
 * The portfolio of an account. No webhook and no call names the portfolio beside its limit, so the
 * account stands for it: what is known of one portfolio appears under each of its accounts.
 */
export function toPortfolio(accountId: string): QualitySubject {
  return { kind: 'portfolio', id: accountId, accountId };
}
