import type { Transaction } from 'kysely';
import type { JournalTables } from '../tables';
import type { CountedJourney, Trail, TrailVisit } from './count-journeys';

/** Finds what journeys were made of, as far as it is there by now: all of them at once. */
export async function readTrails(
  reader: Transaction<JournalTables>,
  journeys: readonly CountedJourney[],
): Promise<readonly Trail[]> {
  if (journeys.length === 0) return [];
  const ids = journeys.map(({ journey_id }) => journey_id);
  const visits = await reader
    .selectFrom('visits')
    .select(['journey_id', 'node', 'kind', 'loop_period'])
    .where('journey_id', 'in', ids)
    .orderBy('journey_id')
    .orderBy('visit_index')
    .orderBy('at')
    .execute();
  const confusions = await reader
    .selectFrom('confusions')
    .select(['journey_id', 'node'])
    .where('journey_id', 'in', ids)
    .execute();
  const trails = new Map<string, { visits: TrailVisit[]; confused: Set<string> }>(
    ids.map((id) => [id, { visits: [], confused: new Set() }]),
  );
  for (const visit of visits) trails.get(visit.journey_id)?.visits.push(visit);
  for (const { journey_id, node } of confusions) trails.get(journey_id)?.confused.add(node);
  return journeys.flatMap((journey) => {
    const trail = trails.get(journey.journey_id);
    return trail ? [{ journey, ...trail }] : [];
  });
}
