import type {
  QualityAttribute,
  QualityFact,
  QualitySource,
  QualitySubject,
  Timestamp,
} from '@turnspan/core';

/** What is known of a subject at this moment. */
export interface KnownSubject {
  readonly subject: QualitySubject;
  /** What holds: the newest fact of each attribute and key, unless it has ended by itself. */
  readonly facts: readonly QualityFact[];
  /** When any of it last began or ended. */
  readonly changedAt: Timestamp;
  /** When each source last told of it. */
  readonly observedAt: ReadonlyMap<QualitySource, Timestamp>;
}

interface Draft {
  subject: QualitySubject;
  readonly newest: Map<string, QualityFact>;
  readonly observedAt: Map<QualitySource, Timestamp>;
}

/** Brings together what is known of each subject. */
export function toKnownSubjects(
  facts: readonly QualityFact[],
  now: Timestamp,
): readonly KnownSubject[] {
  const drafts = new Map<string, Draft>();
  for (const fact of facts) addFact(draftOf(drafts, fact.subject), fact);
  return Array.from(drafts.values(), (draft) => toKnownSubject(draft, now));
}

/** The fact of an attribute that has but one. */
export function findFact(
  { facts }: KnownSubject,
  attribute: QualityAttribute,
): QualityFact | undefined {
  return facts.find((fact) => fact.attribute === attribute);
}

function draftOf(drafts: Map<string, Draft>, subject: QualitySubject): Draft {
  const key = `${subject.kind}\0${subject.id}`;
  const known = drafts.get(key);
  if (known !== undefined) return known;
  const draft: Draft = { subject, newest: new Map(), observedAt: new Map() };
  drafts.set(key, draft);
  return draft;
}

function addFact(draft: Draft, fact: QualityFact): void {
  const { source, observedAt, subject } = fact;
  // Not every message of Meta's tells the name of what it is about.
  if (!draft.subject.name && subject.name) draft.subject = subject;
  draft.observedAt.set(source, Math.max(observedAt, draft.observedAt.get(source) ?? 0));
  const key = `${fact.attribute}\0${fact.key ?? ''}`;
  const known = draft.newest.get(key);
  if (known === undefined || observedAt >= known.observedAt) draft.newest.set(key, fact);
}

function toKnownSubject({ subject, newest, observedAt }: Draft, now: Timestamp): KnownSubject {
  const facts: QualityFact[] = [];
  let changedAt = 0;
  for (const fact of newest.values()) {
    const { at, until = Number.POSITIVE_INFINITY } = fact;
    const hasEnded = until < now;
    if (!hasEnded) facts.push(fact);
    changedAt = Math.max(changedAt, hasEnded ? until : at);
  }
  return { subject, facts, changedAt, observedAt };
}
