import type { InvestigationTrigger } from '@turnspan/console';
import type { QualityAttribute, QualityChange, Timestamp } from '@turnspan/core';
import { findNegativeChanges } from '@turnspan/insights';

/** What is looked into. */
export interface Occasion {
  readonly id: string;
  readonly at: Timestamp;
  /** Up to when the evidence reaches. @default the moment itself */
  readonly until?: Timestamp;
  readonly trigger: InvestigationTrigger;
}

/** What is looked into because something changed. */
export interface QualityOccasion extends Occasion {
  readonly trigger: Extract<InvestigationTrigger, { readonly kind: 'quality' }>;
}

/** The attributes that can change for the worse. */
export const NEGATIVE_ATTRIBUTES: readonly QualityAttribute[] = [
  'rating',
  'status',
  'health',
  'messaging_limit',
  'review',
  'restriction',
  'violation',
];

/** A change as something to look into; its id is the same wherever it is heard of. */
export function toOccasion(
  change: Omit<QualityChange, 'observedAt' | 'source' | 'until'>,
): QualityOccasion {
  const { subject, attribute, key = '', from, value: to, reason } = change;
  const at = Math.round(change.at);
  return {
    id: [subject.kind, subject.id, attribute, ...(key === '' ? [] : [key]), at].join('.'),
    at,
    trigger: { kind: 'quality', subject, attribute, from, to, reason },
  };
}

/**
 * Whether a change is one for the worse. Where nothing was known before, what a webhook tells is news
 * all the same; what a poll finds may have been so for long.
 */
export function isForTheWorse({ attribute, value, from, source, at }: QualityChange): boolean {
  const previous = from ?? (source === 'webhook' ? BEST[attribute] : undefined) ?? null;
  return findNegativeChanges([{ attribute, value, previous, at }]).length > 0;
}

/** What was before the first bad news, as far as it matters. */
const BEST: Readonly<Partial<Record<QualityAttribute, string>>> = {
  rating: 'GREEN',
  status: '',
  health: '',
  review: '',
};
