import type { VisitOutcome } from '@turnspan/core';
import { groupBy, type Place, toPlaceKey } from '../places';

/** What of a visit tells whether somebody was asked. */
export interface SettledVisits extends Place {
  readonly outcome: VisitOutcome;
  readonly wait_count: number;
}

/** After a question these come with an answer. */
const GOES_ON: readonly VisitOutcome[] = ['advanced', 'completed'];

/**
 * Leaves out the nodes that begin another flow: whoever is dropped there was dropped by a question of
 * that flow, which is the one to mend. They go on without anybody ever having answered.
 */
export function leaveOutParents<T extends SettledVisits>(visits: readonly T[]): readonly T[] {
  return [...groupBy(visits, toPlaceKey).values()].filter((rows) => !isParent(rows)).flat();
}

function isParent(rows: readonly SettledVisits[]): boolean {
  return (
    rows.some(({ outcome }) => outcome === 'dropped') &&
    rows.some(({ outcome }) => GOES_ON.includes(outcome)) &&
    rows.every(({ wait_count }) => wait_count === 0)
  );
}
