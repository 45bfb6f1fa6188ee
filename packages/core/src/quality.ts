import type { Timestamp } from './vocabulary';

/** What a channel rates, limits or restricts. */
export const QUALITY_KINDS = ['phone', 'template', 'account', 'portfolio'] as const;
/** One of {@link QUALITY_KINDS}. */
export type QualityKind = (typeof QUALITY_KINDS)[number];

/** A number, template, account or portfolio of the business. */
export interface QualitySubject {
  readonly kind: QualityKind;
  /** The channel's id of it: phone number id, template id, account id, portfolio id. */
  readonly id: string;
  /** What people call it: a template's name, a number's verified name. */
  readonly name?: string;
  /** A template's language, as `en_US`. */
  readonly language?: string;
  /** The account it belongs to. */
  readonly accountId?: string;
}

/** What can be known of a subject. */
export const QUALITY_ATTRIBUTES = [
  'rating',
  'status',
  'messaging_limit',
  'throughput',
  'health',
  'restriction',
  'violation',
  'review',
  'category',
  'name_status',
] as const;
/** One of {@link QUALITY_ATTRIBUTES}. */
export type QualityAttribute = (typeof QUALITY_ATTRIBUTES)[number];

/** How something became known. */
export const QUALITY_SOURCES = ['webhook', 'poll'] as const;
/** One of {@link QUALITY_SOURCES}. */
export type QualitySource = (typeof QUALITY_SOURCES)[number];

/** Something that is known of a subject, and since when. */
export interface QualityFact {
  readonly subject: QualitySubject;
  readonly attribute: QualityAttribute;
  /** Which one, where a subject can have several of an attribute: the type of a restriction. */
  readonly key?: string;
  /** The channel's own word (`GREEN`, `PAUSED`), open to new ones; a limit as a number in digits, `Infinity` for none. */
  readonly value: string;
  /** When it became so, as well as the channel tells. */
  readonly at: Timestamp;
  /** When it was last seen to be so. */
  readonly observedAt: Timestamp;
  readonly source: QualitySource;
  /** When it ends by itself: of a pause, of a restriction. */
  readonly until?: Timestamp;
  /** The channel's own reason. */
  readonly reason?: string;
}

/** A fact that is new: what was known before it, and the channel's name for the event that brought it. */
export interface QualityChange extends QualityFact {
  /** The value before; undefined if nothing was known. */
  readonly from: string | undefined;
}
