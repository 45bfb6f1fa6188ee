import { release, type TrackerContext } from './context';
import type { Emitter } from './emitter';
import type { Visit } from './journey';
import { isPending } from './maybe';
import type { Claim } from './store';
import type { Turn } from './turn';
import type { Timestamp } from './vocabulary';

/**
 * Makes sure that of all who could settle the visit (this turn, another one, the sweeper, a
 * failed status) exactly one does. A slow store is not waited for: the turn's events are held
 * back until it has answered.
 */
export function claimAnswer(context: TrackerContext, turn: Turn, visit: Visit): void {
  const claim = context.store.claim(visit.claimId, 'answered');
  if (!isPending(claim)) {
    obey(context, { turn, visit, claim });
    return;
  }
  const obeyed = claim.then(
    (answer) => obey(context, { turn, visit, claim: answer }),
    context.emitter.contained,
  );
  turn.hold(obeyed, (event) => release(context, turn, event));
}

/** Another turn has the visit: then that one counts the journey's steps, unless silence had ended it. */
function obey(
  { emitter }: TrackerContext,
  { turn, visit, claim }: { readonly turn: Turn; readonly visit: Visit; readonly claim: Claim },
): void {
  if (claim.claimed) {
    if (!claim.stalled) noteStall(emitter, visit, turn.startedAt);
    return;
  }
  if (claim.reason !== 'dropped' && claim.reason !== 'undelivered') {
    turn.muted.add(visit.journey);
    return;
  }
  const at = turn.startedAt;
  turn.settledElsewhere.add(visit);
  if (claim.reason === 'dropped') emitter.emit({ kind: 'node_returned', at, visit, turn });
  const journey = { ...visit.journey, entry: 'return' as const, startedAt: at };
  emitter.emit({ kind: 'journey_started', at, journey, turn });
}

/** A stall counts even if the sweeper had not come round before the visit was settled. */
export function noteStall(emitter: Emitter, visit: Visit, now: Timestamp): void {
  const { stallAt, dropAt } = visit;
  if (stallAt < dropAt && stallAt <= now)
    emitter.emit({ kind: 'visit_stalled', at: stallAt, visit });
}
