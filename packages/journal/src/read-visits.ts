import type { JourneyOutcome, Timestamp } from '@turnspan/core';
import type { Kysely } from 'kysely';
import type { JournalTables, VisitRow } from './tables';
import { nextMacrotask } from './timer';

/** Journeys whose visits are read at once. */
const CHUNK = 100;

/** Whose visits to read. */
export interface VisitsQuery {
  readonly flow: string;
  /** Of journeys that ended then or later. */
  readonly since: Timestamp;
  /** Of journeys that ended before. */
  readonly until: Timestamp;
  /** Of how many journeys at most: those that ended last. */
  readonly limit: number;
  /**
   * Of journeys that ended so.
   * @default however they ended
   */
  readonly outcome?: JourneyOutcome | undefined;
  /**
   * Of journeys whose last visit was to this node.
   * @default wherever it was
   */
  readonly node?: string | undefined;
}

/** Reads the visits of journeys that ended in a period: the latest first, each in its order. */
export async function readVisits(
  reader: Kysely<JournalTables>,
  query: VisitsQuery,
): Promise<readonly VisitRow[]> {
  const ids = await findJourneys(reader, query);
  const ranks = new Map(ids.map((id, rank) => [id, rank]));
  const rankOf = ({ journey_id }: VisitRow) => ranks.get(journey_id) ?? 0;
  const visits: VisitRow[] = [];
  for (let start = 0; start < ids.length; start += CHUNK) {
    const found = await reader
      .selectFrom('visits')
      .selectAll()
      .where('journey_id', 'in', ids.slice(start, start + CHUNK))
      .orderBy('visit_index')
      .orderBy('at')
      .execute();
    for (const visit of [...found].sort((a, b) => rankOf(a) - rankOf(b))) visits.push(visit);
    await nextMacrotask();
  }
  return visits;
}

async function findJourneys(
  reader: Kysely<JournalTables>,
  { flow, since, until, limit, outcome, node }: VisitsQuery,
): Promise<readonly string[]> {
  let journeys = reader
    .selectFrom('journeys')
    .select('journey_id')
    .where('at', '>=', since)
    .where('at', '<', until)
    .where('flow', '=', flow);
  if (outcome !== undefined) journeys = journeys.where('outcome', '=', outcome);
  if (node !== undefined) {
    journeys = journeys.where(
      ({ selectFrom }) =>
        selectFrom('visits')
          .select('node')
          .whereRef('visits.journey_id', '=', 'journeys.journey_id')
          .orderBy('visit_index', 'desc')
          .orderBy('visits.at', 'desc')
          .limit(1),
      '=',
      node,
    );
  }
  const rows = await journeys.orderBy('at', 'desc').orderBy('journey_id').limit(limit).execute();
  return rows.map(({ journey_id }) => journey_id);
}
