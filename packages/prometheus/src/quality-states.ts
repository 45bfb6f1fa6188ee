import { findFact, type KnownSubject } from './known-subjects';
import type { MetricSet } from './metric-set';
import type { QualityLabels } from './quality-labels';

/** What a scrape writes to. */
export interface QualityScrape {
  readonly metrics: MetricSet;
  readonly labels: QualityLabels;
}

const RATINGS = ['green', 'yellow', 'red', 'unknown'] as const;

type Rating = (typeof RATINGS)[number];

const SCORES: Readonly<Record<Rating, number | undefined>> = {
  green: 3,
  yellow: 2,
  red: 1,
  unknown: undefined,
};

const PHONE_STATUSES: readonly string[] = [
  'connected',
  'disconnected',
  'pending',
  'deleted',
  'migrated',
  'banned',
  'restricted',
  'rate_limited',
  'flagged',
  'unknown',
  'unverified',
];

const TEMPLATE_STATUSES: readonly string[] = [
  'approved',
  'pending',
  'rejected',
  'paused',
  'disabled',
  'in_appeal',
  'limit_exceeded',
  'archived',
  'pending_deletion',
  'deleted',
];

const THROUGHPUT_LEVELS: readonly string[] = ['standard', 'high', 'not_applicable'];

const ABILITIES: readonly string[] = ['available', 'limited', 'blocked'];

/** What a restriction is said to be once it is lifted, where it is not just left out. */
const LIFTED: readonly string[] = ['none', 'lifted'];

const LIMIT = /^(?:\d+|Infinity)$/;

/**
 * Shows what is known of a subject. Several share their labels beyond a cap, and where two accounts
 * have a template of the same name: then every state that one of them is in is 1, scores and limits
 * are the lowest.
 */
export function showSubject(scrape: QualityScrape, known: KnownSubject): void {
  showTimes(scrape, known);
  showHealth(scrape, known);
  showLimit(scrape, known);
  switch (known.subject.kind) {
    case 'phone':
      showPhone(scrape, known);
      break;
    case 'template':
      showTemplate(scrape, known);
      break;
    case 'account':
      showRestrictions(scrape, known);
      break;
    case 'portfolio':
      break;
  }
}

function showTimes({ metrics, labels }: QualityScrape, known: KnownSubject): void {
  const { subject, changedAt, observedAt } = known;
  const { kind } = subject;
  const { id } = labels.of(subject);
  metrics.whatsapp_state_changed_timestamp_seconds.max(changedAt / 1000, kind, id);
  for (const [source, at] of observedAt) {
    metrics.whatsapp_state_observed_timestamp_seconds.min(at / 1000, kind, id, source);
  }
}

function showHealth({ metrics, labels }: QualityScrape, known: KnownSubject): void {
  const health = findFact(known, 'health');
  if (health === undefined) return;
  const { kind } = known.subject;
  const { id } = labels.of(known.subject);
  const word = labels.word(health.value, ABILITIES);
  showState(ABILITIES, word, (value, ability) => {
    metrics.whatsapp_health.max(value, kind, id, ability);
  });
}

function showLimit({ metrics, labels }: QualityScrape, known: KnownSubject): void {
  const value = findFact(known, 'messaging_limit')?.value;
  if (value === undefined || !LIMIT.test(value)) return;
  const { id } = labels.of(known.subject);
  metrics.whatsapp_messaging_limit.min(Number(value), known.subject.kind, id);
}

function showPhone({ metrics, labels }: QualityScrape, known: KnownSubject): void {
  const { id } = labels.of(known.subject);
  const rating = toRating(known);
  showState(RATINGS, rating, (value, state) => {
    metrics.whatsapp_phone_quality_rating.max(value, id, state);
  });
  const score = SCORES[rating];
  if (score !== undefined) metrics.whatsapp_phone_quality_score.min(score, id);
  const status = findFact(known, 'status');
  if (status !== undefined) {
    showState(PHONE_STATUSES, labels.word(status.value, PHONE_STATUSES), (value, state) => {
      metrics.whatsapp_phone_status.max(value, id, state);
    });
  }
  const level = findFact(known, 'throughput');
  if (level !== undefined) {
    showState(THROUGHPUT_LEVELS, labels.word(level.value, THROUGHPUT_LEVELS), (value, state) => {
      metrics.whatsapp_throughput_level.max(value, id, state);
    });
  }
}

function showTemplate(scrape: QualityScrape, known: KnownSubject): void {
  const { metrics, labels } = scrape;
  const { name, language } = labels.of(known.subject);
  const rating = toRating(known);
  showState(RATINGS, rating, (value, state) => {
    metrics.whatsapp_template_quality_rating.max(value, name, language, state);
  });
  const score = SCORES[rating];
  if (score !== undefined) metrics.whatsapp_template_quality_score.min(score, name, language);
  showTemplateStatus(scrape, known);
}

function showTemplateStatus({ metrics, labels }: QualityScrape, known: KnownSubject): void {
  const status = findFact(known, 'status');
  if (status === undefined) return;
  const { name, language } = labels.of(known.subject);
  const word = labels.word(status.value, TEMPLATE_STATUSES);
  showState(TEMPLATE_STATUSES, word, (value, state) => {
    metrics.whatsapp_template_status.max(value, name, language, state);
  });
  if (word !== 'paused' || status.until === undefined) return;
  const until = metrics.whatsapp_template_paused_until_timestamp_seconds;
  until.max(status.until / 1000, name, language);
}

function showRestrictions({ metrics, labels }: QualityScrape, known: KnownSubject): void {
  const { id } = labels.of(known.subject);
  for (const { attribute, key, value, until } of known.facts) {
    if (attribute !== 'restriction' || LIFTED.includes(value.toLowerCase())) continue;
    const restriction = labels.word(key || value);
    metrics.whatsapp_account_restricted.set(1, id, restriction);
    if (until === undefined) continue;
    const gauge = metrics.whatsapp_account_restriction_until_timestamp_seconds;
    gauge.max(until / 1000, id, restriction);
  }
}

/** What was never rated, and what has a rating that nobody knows, is `unknown`. */
function toRating(known: KnownSubject): Rating {
  const value = findFact(known, 'rating')?.value.toLowerCase();
  return RATINGS.find((rating) => rating === value) ?? 'unknown';
}

/** 1 for the present state, 0 for the other known ones; a state nobody knew is shown while it lasts. */
function showState(
  states: readonly string[],
  present: string,
  show: (value: number, state: string) => void,
): void {
  for (const state of states) show(state === present ? 1 : 0, state);
  if (!states.includes(present)) show(1, present);
}
