import type { JourneyOutcome, Timestamp } from '@turnspan/core';
import type { Kysely } from 'kysely';
import type { ExposureRow, JournalTables, VisitRow } from '../tables';
import { nextMacrotask } from '../timer';

/** Users that are read at once. */
const PAGE = 250;
/** A turn is over long before. */
const BEGINS_WITHIN_MS = 3_600_000;
/** Nobody waits longer for an answer: a process has ended without telling how the journey did. */
const LOST_AFTER_MS = 30 * 86_400_000;

/** Which experiment, and what it shall bring about. */
export interface ExposedQuery {
  readonly experiment: string;
  /** Names the run of the experiment. */
  readonly salt: string;
  /**
   * What counts as reached, from the exposure on: `completed`, `replied`, or a node of the flow.
   * @default 'completed'
   */
  readonly goal?: string | undefined;
}

/** How long somebody was waited for, and whether they replied at the end of it. */
export interface ExposedWait {
  readonly ms: number;
  readonly replied: boolean;
}

/** What came of a user who was shown a variant, in the first journey that it made a difference to. */
export interface ExposedJourney {
  readonly userKey: string;
  readonly variant: string;
  readonly exposedAt: Timestamp;
  /** It has ended, one way or the other; also if none had begun an hour after the exposure. */
  readonly settled: boolean;
  readonly reached: boolean;
  /** How it ended; undefined if it has not, or never began. */
  readonly outcome: JourneyOutcome | undefined;
  /** The user wanted no more messages at some time after the exposure. */
  readonly optedOut: boolean;
  /** Of the first question from the exposure on; undefined if none is settled. */
  readonly wait: ExposedWait | undefined;
}

/**
 * Reads what came of the users of an experiment, in the order of their keys. Who was shown several
 * variants is there for two of them. Whose journey has not ended 30 days after the exposure is left
 * out: nobody will tell how it did.
 */
export async function readExposed(
  reader: Kysely<JournalTables>,
  query: ExposedQuery,
  now: Timestamp,
): Promise<readonly ExposedJourney[]> {
  const stops = await readStops(reader);
  const found: ExposedJourney[] = [];
  let page: readonly Exposed[] = [];
  do {
    page = await readPage(reader, query, page.at(-1)?.user_key ?? '');
    const visits = await readVisits(reader, page);
    for (const row of page) {
      const own = (visits.get(row.journey_id) ?? []).filter(isSince(row));
      found.push(...toJourneys(row, { query, now, visits: own, stops }));
    }
    await nextMacrotask();
  } while (page.length === PAGE);
  return found;
}

type Exposed = Pick<
  ExposureRow,
  'user_key' | 'at' | 'variant' | 'other_variant' | 'journey_id' | 'visit_index'
> & { readonly outcome: JourneyOutcome | null };

type Visit = Pick<
  VisitRow,
  'journey_id' | 'visit_index' | 'node' | 'at' | 'asked_at' | 'wait_seconds'
>;

async function readPage(
  reader: Kysely<JournalTables>,
  { experiment, salt }: ExposedQuery,
  after: string,
): Promise<readonly Exposed[]> {
  return await reader
    .selectFrom('exposures')
    .leftJoin('journeys', 'journeys.journey_id', 'exposures.journey_id')
    .select([
      ...(['exposures.user_key', 'exposures.at', 'exposures.variant', 'other_variant'] as const),
      ...(['exposures.journey_id', 'visit_index', 'journeys.outcome'] as const),
    ])
    .where('experiment', '=', experiment)
    .where('salt', '=', salt)
    .where('counts', '=', 1)
    .where('exposures.user_key', '>', after)
    .orderBy('exposures.user_key')
    .limit(PAGE)
    .execute();
}

async function readVisits(
  reader: Kysely<JournalTables>,
  page: readonly Exposed[],
): Promise<ReadonlyMap<string | null, readonly Visit[]>> {
  const ids = page.flatMap(({ journey_id }) => journey_id ?? []);
  const visits = new Map<string | null, Visit[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return visits;
  const rows = await reader
    .selectFrom('visits')
    .select(['journey_id', 'visit_index', 'node', 'at', 'asked_at', 'wait_seconds'])
    .where('journey_id', 'in', ids)
    .orderBy('visit_index')
    .orderBy('at')
    .execute();
  for (const row of rows) visits.get(row.journey_id)?.push(row);
  return visits;
}

/** When each user last wanted no more messages. */
async function readStops(reader: Kysely<JournalTables>): Promise<ReadonlyMap<string, Timestamp>> {
  const rows = await reader
    .selectFrom('preference_changes')
    .select(({ fn }) => ['user_key', fn.max('at').as('at')])
    .where('value', '=', 'stop')
    .groupBy('user_key')
    .execute();
  return new Map(rows.map(({ user_key, at }) => [user_key, Number(at)]));
}

function isSince({ visit_index }: Exposed): (visit: Visit) => boolean {
  return (visit) => visit.visit_index >= visit_index;
}

interface Known {
  readonly query: ExposedQuery;
  readonly now: Timestamp;
  readonly visits: readonly Visit[];
  readonly stops: ReadonlyMap<string, Timestamp>;
}

function toJourneys(row: Exposed, { query, now, visits, stops }: Known): readonly ExposedJourney[] {
  const { user_key: userKey, at: exposedAt, journey_id, outcome } = row;
  const hasNone = journey_id === null && now - exposedAt >= BEGINS_WITHIN_MS;
  const settled = outcome !== null || hasNone;
  if (!settled && now - exposedAt >= LOST_AFTER_MS) return [];
  const journey = {
    ...{ userKey, exposedAt, settled, outcome: outcome ?? undefined },
    reached: hasReached({ goal: query.goal, outcome, visits }),
    optedOut: (stops.get(userKey) ?? Number.NEGATIVE_INFINITY) >= exposedAt,
    wait: toWait(visits.find(({ asked_at }) => asked_at !== null)),
  };
  const variants = [row.variant, row.other_variant].filter((variant) => variant !== null);
  return variants.map((variant) => ({ ...journey, variant }));
}

function hasReached({
  goal = 'completed',
  outcome,
  visits,
}: Pick<ExposedQuery, 'goal'> & Pick<Known, 'visits'> & Pick<Exposed, 'outcome'>): boolean {
  if (goal === 'completed') return outcome === 'completed';
  if (goal === 'replied') return visits.some(({ wait_seconds }) => wait_seconds !== null);
  return visits.some(({ node }) => node === goal);
}

function toWait(visit: Visit | undefined): ExposedWait | undefined {
  if (!visit || visit.asked_at === null) return undefined;
  const { at, asked_at, wait_seconds } = visit;
  if (wait_seconds !== null) return { ms: wait_seconds * 1000, replied: true };
  return { ms: Math.max(0, at - asked_at), replied: false };
}
