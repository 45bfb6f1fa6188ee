import type { QualityFact, QualityKind, QualitySource, Timestamp } from '@turnspan/core';
import { compact } from '../json';
import { toSubjectKey } from './subject-names';

/** What is known of one attribute; of a rating that nobody ever told, only that it is `unknown`. */
export interface ReportedValue {
  readonly value: string;
  readonly since?: Timestamp;
  readonly observedAt?: Timestamp;
  readonly source?: QualitySource;
  readonly until?: Timestamp;
  readonly reason?: string;
}

/** What is known of one number, template, account or portfolio. */
export interface ReportedSubject {
  readonly id: string;
  readonly name?: string;
  readonly language?: string;
  readonly accountId?: string;
  /** By attribute; where there can be several, by attribute and key: `restriction.RESTRICTED_X`. */
  readonly attributes: Readonly<Record<string, ReportedValue>>;
}

/** All that is known at one time. */
export interface QualityReport {
  readonly phones: readonly ReportedSubject[];
  readonly templates: readonly ReportedSubject[];
  readonly accounts: readonly ReportedSubject[];
  readonly portfolios: readonly ReportedSubject[];
}

/** Arranges facts by the subject that they are about; subjects in the order of their ids. */
export function toReport(facts: readonly QualityFact[]): QualityReport {
  const bySubject = new Map<string, QualityFact[]>();
  for (const fact of facts) {
    const key = toSubjectKey(fact.subject);
    const known = bySubject.get(key);
    if (known) known.push(fact);
    else bySubject.set(key, [fact]);
  }
  const of = (kind: QualityKind) =>
    [...bySubject.values()]
      .filter(([first]) => first?.subject.kind === kind)
      .flatMap(toSubject)
      .sort((one, other) => (one.id < other.id ? -1 : 1));
  return {
    phones: of('phone'),
    templates: of('template'),
    accounts: of('account'),
    portfolios: of('portfolio'),
  };
}

const UNKNOWN: Readonly<Record<string, ReportedValue>> = { rating: { value: 'unknown' } };

function toSubject(facts: readonly QualityFact[]): readonly ReportedSubject[] {
  const [first] = facts;
  if (first === undefined) return [];
  const { kind, ...subject } = first.subject;
  const isRated = kind === 'phone' || kind === 'template';
  const values = Object.fromEntries(
    facts.map((fact) => [[fact.attribute, fact.key ?? []].flat().join('.'), toValue(fact)]),
  );
  return [{ ...subject, attributes: { ...(isRated && UNKNOWN), ...values } }];
}

function toValue({ value, at, observedAt, source, until, reason }: QualityFact): ReportedValue {
  return compact<ReportedValue>({ value, since: at, observedAt, source, until, reason });
}
