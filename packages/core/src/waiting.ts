import type { TrackerContext } from './context';
import type { Journey, Visit } from './journey';
import { encodePosition } from './position';
import type { Waiting } from './store';

/** The visit as the waiting list keeps it, with the journeys below it. */
export function toWaiting(
  { ended }: TrackerContext,
  visit: Visit,
  parents: readonly Journey[],
): Waiting {
  const { journey, claimId: id, node, stallAt, dropAt } = visit;
  return {
    id,
    user: journey.user,
    flow: journey.flow,
    node,
    position: encodePosition(journey),
    parents: parents
      .filter((parent) => !parent.ended && !parent.orphaned && !ended.has(parent.id))
      .map(encodePosition),
    stallAt,
    dropAt,
  };
}

/** Writes the position to where it is kept. */
export function save(journey: Journey): void {
  journey.save(encodePosition(journey));
}
