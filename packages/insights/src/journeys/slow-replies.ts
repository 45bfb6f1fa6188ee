import type { WaitHourRow } from '@turnspan/journal';
import type { PlaceCount } from '../mates';
import { groupBy, type Place, toPlaceKey } from '../places';

/** What of a wait tells how long it took. */
export type Wait = Pick<WaitHourRow, 'flow' | 'node' | 'end' | 'seconds' | 'count'>;

/** So many times the median of the flow is a long time to think. */
const SLOW = 4;

/** How many of the replies at each node took far longer than the median of all replies of its flow. */
export function countSlowReplies(waits: readonly Wait[]): readonly PlaceCount[] {
  const replies = waits.filter(({ end }) => end === 'replied');
  return [...groupBy(replies, ({ flow }) => flow).values()].flatMap((flow) => {
    const limit = SLOW * findMedian(flow);
    return [...groupBy(flow, toPlaceKey).values()].map((rows) => ({
      ...pickPlace(rows),
      count: sumCounts(rows.filter(({ seconds }) => seconds > limit)),
      total: sumCounts(rows),
    }));
  });
}

function findMedian(waits: readonly Wait[]): number {
  const half = sumCounts(waits) / 2;
  let passed = 0;
  const middle = [...waits]
    .sort((a, b) => a.seconds - b.seconds)
    .find(({ count }) => {
      passed += count;
      return passed >= half;
    });
  return middle?.seconds ?? 0;
}

function pickPlace(rows: readonly Wait[]): Place {
  return { flow: rows[0]?.flow ?? '', node: rows[0]?.node ?? '' };
}

function sumCounts(rows: readonly Wait[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}
