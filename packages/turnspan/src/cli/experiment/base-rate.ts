import type { Timestamp } from '@turnspan/core';
import { measureProportion, type Proportion } from '@turnspan/insights';
import type { Journal, JournalRow } from '@turnspan/journal';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const PAGE = 5000;

/** Which journeys to look at. */
export interface BaseQuery {
  readonly flow: string;
  /** Only those that came to this node. @default all */
  readonly node: string | undefined;
  readonly since: Timestamp;
  readonly until: Timestamp;
  readonly onProgress: (done: number) => void;
}

/** How journeys of a flow end now, and how many people come. */
export interface BaseRate extends Omit<BaseQuery, 'onProgress'> {
  readonly journeys: number;
  readonly completed: Proportion;
  /** New ones: an experiment counts each user once. */
  readonly usersPerDay: number;
}

/** Reads how journeys of a flow end now, with the names of the flows that there are. */
export async function readBaseRate(
  journal: Journal,
  { onProgress, ...query }: BaseQuery,
): Promise<BaseRate & { readonly flows: readonly string[] }> {
  const { flow, node, since, until } = query;
  const all = await journal.hours('journey_hours', { since, until, stepMs: toStep(query) });
  const flows = [...new Set(all.map((row) => row.flow))].sort();
  const own = all.filter((row) => row.flow === flow);
  const counted =
    node === undefined
      ? own
      : (await journal.hours('node_journey_hours', { since, until, flow })).filter(
          (row) => row.node === node,
        );
  const [total, journeys] = [sum(own), sum(counted)];
  const completed = sum(counted.filter(({ outcome }) => outcome === 'completed'));
  const users = await countUsers(journal, { ...query, onProgress });
  const days = Math.max(1, (until - Math.max(since, users.first)) / DAY_MS);
  const share = total === 0 ? 0 : journeys / total;
  const usersPerDay = (users.count * share) / days;
  return {
    ...{ ...query, journeys, usersPerDay, flows },
    completed: measureProportion(completed, journeys),
  };
}

interface Counted {
  readonly count: number;
}

function sum(rows: readonly Counted[]): number {
  return rows.reduce((total, { count }) => total + count, 0);
}

/** Days where the period has whole ones, so that few rows are read. */
function toStep({ since, until }: Pick<BaseQuery, 'since' | 'until'>): number {
  return until - since >= DAY_MS ? DAY_MS : HOUR_MS;
}

/** How many people had journeys of the flow end in the period, and when the first of them did. */
async function countUsers(
  journal: Pick<Journal, 'rows'>,
  { flow, since, until, onProgress }: BaseQuery,
): Promise<{ readonly count: number; readonly first: Timestamp }> {
  const users = new Set<unknown>();
  let first = until;
  let after: JournalRow | undefined;
  do {
    const page = await journal.rows('journeys', {
      limit: PAGE,
      since,
      until,
      ...(after && { after }),
    });
    const own = page.filter((row) => row.flow === flow);
    for (const row of own) users.add(row.user_key);
    first = Math.min(first, Number(own[0]?.at ?? first));
    after = page.length === PAGE ? page.at(-1) : undefined;
    onProgress(after ? (Number(after.at) - since) / (until - since) : 1);
  } while (after);
  return { count: users.size, first };
}
