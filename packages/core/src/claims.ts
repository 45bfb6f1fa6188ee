import { release, type TrackerContext, tell } from './context';
import type { Emitter } from './emitter';
import type { Visit } from './journey';
import { isPending } from './maybe';
import type { Claim, ClaimReason } from './store';
import type { Turn } from './turn';
import type { Timestamp } from './vocabulary';
import { keepPositions, noteMove } from './waiting';

/** A claim of a turn, and what to do with the answer. */
export interface TurnClaim {
  readonly id: string;
  readonly reason: ClaimReason;
  readonly askedAt: Timestamp | undefined;
  /** Called at once, or late if the store is slow. */
  readonly obey: (claim: Claim, late: boolean) => void;
}

/**
 * Makes sure that of all who could settle a visit (this turn, another one, the sweeper, a failed
 * status) exactly one does. A slow store is not waited for: the turn's events are held back until
 * it has answered.
 */
export function claimInTurn(
  context: TrackerContext,
  turn: Turn,
  { id, reason, askedAt, obey }: TurnClaim,
): void {
  const claim = context.waitingList.claim(id, { reason, askedAt, by: turn.claimant });
  if (!isPending(claim)) {
    obey(claim, false);
    return;
  }
  const obeyLate = (answer: Claim) => {
    obey(answer, true);
    keepPositions(turn);
  };
  const obeyed = claim.then(obeyLate).catch(context.emitter.contained);
  turn.hold(obeyed, (event) => release(context, turn, event));
}

/** Claims the visit for the turn, which says how it goes on. */
export function claimAnswer(context: TrackerContext, turn: Turn, visit: Visit): void {
  if (turn.muted) return;
  const obey = (claim: Claim, late: boolean) => {
    if (!claim.claimed) {
      giveWay(context, turn, { visit, reason: claim.reason, late });
      return;
    }
    if (visit.journey.orphaned)
      for (const journey of turn.journeys.values()) journey.orphaned = false;
    if (!claim.stalled) noteStall(context.emitter, visit, turn.startedAt);
  };
  const { claimId: id, askedAt } = visit;
  claimInTurn(context, turn, { id, reason: 'answered', askedAt, obey });
}

interface LostVisit {
  readonly visit: Visit;
  readonly reason: ClaimReason | undefined;
  readonly late: boolean;
}

/**
 * Somebody else has the visit. If that is another turn, it counts the steps of this one too. If
 * silence had ended the journey, a new one begins here.
 */
function giveWay(context: TrackerContext, turn: Turn, { visit, reason, late }: LostVisit): void {
  if (reason === 'answered') {
    mute(turn);
    return;
  }
  const { journey } = visit;
  turn.settledElsewhere.add(visit);
  if (reason === 'dropped' && journey.turns > 1) noteReturn(context, turn, visit);
  // Found out late, the bot may have stored the old id already; then the next turn still has it.
  if (late) context.ended.delete(journey.id);
  else context.ended.set(journey.id, 'replaced');
  turn.over.add(journey.id);
  journey.beginAgain({ id: turn.createJourneyId(), turn, version: journey.version });
  journey.goalReached = late && turn.goals.has(journey);
  tell(context, turn, { kind: 'journey_started', at: journey.startedAt, journey, turn });
  noteMove(journey);
}

/**
 * Another turn counts the steps of this one. The bot may keep what this turn leaves behind, and not
 * what the other does. If both came to the same question the list shows it; otherwise the bot goes
 * on with journeys that nobody has counted yet.
 */
export function mute(turn: Turn): void {
  turn.muted = true;
  for (const journey of turn.journeys.values()) {
    journey.orphan();
    noteMove(journey);
  }
}

/** Notes that a person came back to a question they had left. */
export function noteReturn(context: TrackerContext, turn: Turn, visit: Visit): void {
  if (turn.botSpeaksFirst) return;
  tell(context, turn, { kind: 'node_returned', at: turn.startedAt, visit, turn });
}

/** A stall counts even if the sweeper had not come round before the visit was settled. */
export function noteStall(emitter: Emitter, visit: Visit, now: Timestamp): void {
  const { stallAt, dropAt } = visit;
  if (stallAt < dropAt && stallAt <= now)
    emitter.emit({ kind: 'visit_stalled', at: stallAt, visit });
}
