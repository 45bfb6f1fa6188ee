import type { Timestamp } from '@turnspan/core';
import type { Kysely } from 'kysely';
import { buildTimeline } from './build-timeline';
import type {
  JournalTables,
  QualityChangeRow,
  QualityFactRow,
  QualityObservationRow,
  SeriesColumns,
} from './tables';
import type { TimelineEntry, TimelineQuery } from './types';

type Reader = Kysely<JournalTables>;

/** Reads how quality came to be what it is, subject by subject. */
export async function readTimeline(
  reader: Reader,
  query: TimelineQuery,
  { now, gapAfterMs }: { readonly now: Timestamp; readonly gapAfterMs: number },
): Promise<readonly TimelineEntry[]> {
  const timelines: TimelineEntry[] = [];
  for (const fact of await readSeries(reader, query)) {
    const { kind, subject, attribute, key } = fact;
    const series = { kind, subject, attribute, key };
    const changes = await readChanges(reader, series);
    const observations = await readObservations(reader, series);
    const entries = buildTimeline({ fact, changes, observations, now, gapAfterMs });
    timelines.push(...entries.filter((entry) => isWithin(entry, query)));
  }
  return timelines;
}

/** Each series has one fact, which knows its latest name. */
function readSeries(
  reader: Reader,
  { kind, id, name, attribute }: TimelineQuery,
): Promise<QualityFactRow[]> {
  let rows = reader.selectFrom('quality_facts').selectAll().where('kind', '=', kind);
  if (id !== undefined) rows = rows.where('subject', '=', id);
  if (name !== undefined) rows = rows.where('name', '=', name);
  if (attribute !== undefined) rows = rows.where('attribute', '=', attribute);
  return rows.orderBy('subject').orderBy('attribute').orderBy('key').execute();
}

function readChanges(reader: Reader, series: SeriesColumns): Promise<QualityChangeRow[]> {
  return reader
    .selectFrom('quality_changes')
    .selectAll()
    .where(({ and }) => and(series))
    .orderBy('at')
    .orderBy('id')
    .execute();
}

function readObservations(reader: Reader, series: SeriesColumns): Promise<QualityObservationRow[]> {
  return reader
    .selectFrom('quality_observations')
    .selectAll()
    .where(({ and }) => and(series))
    .orderBy('from_at')
    .execute();
}

function isWithin({ from, to }: TimelineEntry, { since, until }: TimelineQuery): boolean {
  const endsTooEarly = since !== undefined && to !== undefined && to <= since;
  const beginsTooLate = until !== undefined && from >= until;
  return !endsTooEarly && !beginsTooLate;
}
