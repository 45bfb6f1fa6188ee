import type { TrackerContext } from './context';
import type { Journey, Visit } from './journey';
import { encodePosition } from './position';
import type { Waiting } from './store';
import type { Turn } from './turn';

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

/** Notes that the journey stands elsewhere now: its position is written when the bot saves its state. */
export function noteMove(journey: Journey): void {
  journey.hasMoved = true;
}

/** Writes a position to where it is kept. */
export function keepPosition(journey: Journey, position: string): void {
  journey.hasMoved = false;
  journey.save(position);
}

/** Writes where the journeys of a turn stand, unless that is what was kept last. */
export function keepPositions({ journeys }: Turn): void {
  for (const journey of journeys.values()) {
    if (journey.hasMoved) keepPosition(journey, encodePosition(journey));
  }
}
