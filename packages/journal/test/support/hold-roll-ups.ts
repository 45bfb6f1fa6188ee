import type { TrackerEvent } from '@turnspan/core';
import fc from 'fast-check';
import {
  type ConfusionRow,
  DURATION_BOUNDS_SECONDS,
  type HourTable,
  type Journal,
  type JourneyRow,
  type ResponseRow,
  type ReturnRow,
  type RowTable,
  type VisitRow,
} from '../../src';
import { countLoops, countNodeJourneys, countTransitions } from './counted/count-journeys';
import { countResponses, countSignals, countWaits } from './counted/count-visits';
import { mergeCounts, toTrails } from './counted/trails';
import { told } from './told';

const PERIOD = { since: 0, until: Date.UTC(2100, 0) };
const BUCKETS = { bucketsSeconds: DURATION_BOUNDS_SECONDS };

/** Two processes that write the same journal. */
export interface Place {
  readonly journals: readonly [Journal, Journal];
  readonly remove: () => Promise<void>;
}

/** Holds the sums of a journal to what the analyses make of its rows, whatever was told, and how. */
export async function holdRollUps(open: () => Promise<Place>, runs: number): Promise<void> {
  const chunks = fc.infiniteStream(
    fc.record({ length: fc.integer({ min: 1, max: 30 }), again: fc.boolean() }),
  );
  await fc.assert(
    fc.asyncProperty(told, chunks, async (events, sizes) => {
      const { journals, remove } = await open();
      try {
        await tell(journals, events, sizes);

        const expected = await countAll(journals[0]);

        for (const [table, rows] of Object.entries(expected)) {
          const counted = await journals[1].hours(table as HourTable, PERIOD);
          expect([table, sort(counted)]).toEqual([table, sort(rows)]);
        }
      } finally {
        for (const journal of journals) await journal.close();
        await remove();
      }
    }),
    { numRuns: runs },
  );
}

/** In pieces, now by one and then by the other, and some of them by both. Messages have no name. */
async function tell(
  [one, other]: Place['journals'],
  events: readonly TrackerEvent[],
  sizes: fc.Stream<{ readonly length: number; readonly again: boolean }>,
): Promise<void> {
  let [journal, next] = [one, other];
  for (let start = 0; start < events.length; [journal, next] = [next, journal]) {
    const { length, again } = sizes.next().value ?? { length: 1, again: false };
    const some = events.slice(start, start + length);
    for (const event of some) journal.observe(event);
    await journal.flush();
    const named = some.filter(({ kind }) => again && kind !== 'delivery');
    for (const event of named) next.observe(event);
    await next.flush();
    start += length;
  }
}

async function countAll(journal: Journal): Promise<Partial<Record<HourTable, readonly object[]>>> {
  const visits = await readAll<VisitRow>(journal, 'visits');
  const confusions = await readAll<ConfusionRow>(journal, 'confusions');
  const returns = await readAll<ReturnRow>(journal, 'returns');
  const trails = toTrails(visits, await readAll<JourneyRow>(journal, 'journeys'));
  return {
    wait_hours: countWaits(visits, BUCKETS),
    signal_hours: mergeCounts([
      ...countSignals(visits, {}),
      ...confusions.flatMap((row) => countSignals([toVisit(row)], { confusions: [row] })),
      ...returns.flatMap((row) => countSignals([toVisit(row)], { returns: [row] })),
    ]),
    transition_hours: countTransitions(trails),
    node_journey_hours: countNodeJourneys(trails, confusions),
    loop_hours: countLoops(trails),
    response_hours: countResponses(await readAll<ResponseRow>(journal, 'responses'), BUCKETS),
  };
}

/** The journal counts signals by their own hour, the analyses by that of their visit. */
function toVisit(row: ConfusionRow | ReturnRow): VisitRow {
  return { ...row, loop_period: null } as unknown as VisitRow;
}

async function readAll<Row>(journal: Journal, table: RowTable): Promise<readonly Row[]> {
  return (await journal.rows(table, { limit: 100_000 })) as unknown as readonly Row[];
}

function sort(rows: readonly object[]): readonly string[] {
  return rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
}
