import type { QualityChange, QualityFact, QualitySubject } from '@turnspan/core';
import type { QualityChangeRow, QualityFactRow, SeriesColumns } from './tables';

/** What names the history that a fact belongs to. */
export function toSeries({ subject, attribute, key = '' }: QualityFact): SeriesColumns {
  return { kind: subject.kind, subject: subject.id, attribute, key };
}

/** The same as one string, to look it up by. */
export function toSeriesName({ kind, subject, attribute, key }: SeriesColumns): string {
  return JSON.stringify([kind, subject, attribute, key]);
}

/** A fact as a row. */
export function toFactRow(fact: QualityFact): QualityFactRow {
  const { name = null, language = null, accountId = null } = fact.subject;
  return {
    ...toSeries(fact),
    name,
    language,
    account: accountId,
    value: fact.value,
    at: fact.at,
    observed_at: fact.observedAt,
    source: fact.source,
    until: fact.until ?? null,
    reason: fact.reason ?? null,
  };
}

/** A change as a row. */
export function toChangeRow(change: QualityChange): QualityChangeRow {
  return { ...toFactRow(change), previous: change.from ?? null };
}

/** A row as a fact. */
export function toFact(row: QualityFactRow): QualityFact {
  return {
    subject: toSubject(row),
    attribute: row.attribute,
    ...(row.key !== '' && { key: row.key }),
    value: row.value,
    at: row.at,
    observedAt: row.observed_at,
    source: row.source,
    ...(row.until !== null && { until: row.until }),
    ...(row.reason !== null && { reason: row.reason }),
  };
}

/** The subject that a row is about. */
export function toSubject({
  kind,
  subject,
  name,
  language,
  account,
}: QualityFactRow): QualitySubject {
  return {
    kind,
    id: subject,
    ...(name !== null && { name }),
    ...(language !== null && { language }),
    ...(account !== null && { accountId: account }),
  };
}
