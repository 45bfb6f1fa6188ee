import type { Transaction } from 'kysely';
import { mergeRows } from './merge-rows';
import type { JournalTables, JourneyHourRow, JourneyRow, VisitHourRow, VisitRow } from './tables';
import { toHour } from './whole-ms';

type Writer = Transaction<JournalTables>;

const LINE = ['variant', 'channel', 'line'] as const;
const VISIT_NAME = ['hour', 'flow', 'version', 'node', ...LINE, 'outcome'] as const;
const JOURNEY_NAME = ['hour', 'flow', 'version', ...LINE, 'entry', 'outcome'] as const;
const VISIT_SUMS = ['count', 'wait_count', 'wait_seconds_sum', 'processing_seconds_sum'] as const;
const JOURNEY_SUMS = ['count', 'seconds_sum', 'turns_sum'] as const;

/** A visit, as far as it is added up. */
export type CountedVisit = Pick<
  VisitRow,
  | 'at'
  | 'flow'
  | 'version'
  | 'node'
  | 'variant'
  | 'channel'
  | 'line'
  | 'outcome'
  | 'wait_seconds'
  | 'processing_seconds'
>;

/** A journey, as far as it is added up. */
export type CountedJourney = Pick<
  JourneyRow,
  | 'at'
  | 'flow'
  | 'version'
  | 'variant'
  | 'channel'
  | 'line'
  | 'entry'
  | 'outcome'
  | 'seconds'
  | 'turns'
>;

/** Adds visits that are new to the sums of their hours. */
export async function addVisits(writer: Writer, visits: readonly CountedVisit[]): Promise<void> {
  if (visits.length === 0) return;
  await writer
    .insertInto('visit_hours')
    .values(mergeRows(visits.map(toVisitHour), { name: VISIT_NAME, sums: VISIT_SUMS }))
    .onConflict((conflict) =>
      conflict.columns(VISIT_NAME).doUpdateSet(({ eb, ref }) => ({
        count: eb('visit_hours.count', '+', ref('excluded.count')),
        wait_count: eb('visit_hours.wait_count', '+', ref('excluded.wait_count')),
        wait_seconds_sum: eb('visit_hours.wait_seconds_sum', '+', ref('excluded.wait_seconds_sum')),
        processing_seconds_sum: eb(
          'visit_hours.processing_seconds_sum',
          '+',
          ref('excluded.processing_seconds_sum'),
        ),
      })),
    )
    .execute();
}

/** Adds journeys that are new to the sums of their hours. */
export async function addJourneys(
  writer: Writer,
  journeys: readonly CountedJourney[],
): Promise<void> {
  if (journeys.length === 0) return;
  await writer
    .insertInto('journey_hours')
    .values(mergeRows(journeys.map(toJourneyHour), { name: JOURNEY_NAME, sums: JOURNEY_SUMS }))
    .onConflict((conflict) =>
      conflict.columns(JOURNEY_NAME).doUpdateSet(({ eb, ref }) => ({
        count: eb('journey_hours.count', '+', ref('excluded.count')),
        seconds_sum: eb('journey_hours.seconds_sum', '+', ref('excluded.seconds_sum')),
        turns_sum: eb('journey_hours.turns_sum', '+', ref('excluded.turns_sum')),
      })),
    )
    .execute();
}

function toVisitHour(visit: CountedVisit): VisitHourRow {
  const { at, wait_seconds, processing_seconds, ...named } = visit;
  return {
    hour: toHour(at),
    ...named,
    count: 1,
    wait_count: wait_seconds === null ? 0 : 1,
    wait_seconds_sum: wait_seconds ?? 0,
    processing_seconds_sum: processing_seconds ?? 0,
  };
}

function toJourneyHour({ at, seconds, turns, ...named }: CountedJourney): JourneyHourRow {
  return { hour: toHour(at), ...named, count: 1, seconds_sum: seconds, turns_sum: turns };
}
