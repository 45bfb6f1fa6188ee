import { claimInTurn, mute, noteReturn, noteStall } from './claims';
import { emitIn, secondsBetween, type TrackerContext } from './context';
import type { Journey } from './journey';
import { decodePosition } from './position';
import type { Claim, Waiting } from './store';
import type { Turn } from './turn';
import type { Visits } from './visits';
import type { JourneyOutcome, Timestamp } from './vocabulary';
import { noteMove, toWaiting } from './waiting';

/** How a wait ends that nobody answered. */
export interface WaitEnd {
  readonly outcome: 'dropped' | 'undelivered';
  readonly at: Timestamp;
  /** The stall has been told already. */
  readonly stalled: boolean;
}

/** The ends of journeys: those the bot brings about, and those it does not know of. */
export class Endings {
  readonly #context: TrackerContext;
  readonly #visits: Visits;

  constructor(context: TrackerContext, visits: Visits) {
    this.#context = context;
    this.#visits = visits;
  }

  /** Settles the visit the journey is in, and ends the journey. */
  close(
    turn: Turn | undefined,
    journey: Journey,
    { outcome, at }: { readonly outcome: JourneyOutcome; readonly at: Timestamp },
  ): void {
    if (journey.ended) return;
    this.#visits.settle(turn, journey, { outcome, at });
    journey.ended = true;
    turn?.over.add(journey.id);
    if (turn?.current?.journey === journey) turn.current = undefined;
    if (turn && this.#endingOf(journey) !== undefined) return;
    emitIn(this.#context, turn, {
      kind: 'journey_ended',
      at,
      journey,
      turn,
      outcome: journey.goalReached ? 'completed' : outcome,
      seconds: secondsBetween(this.#context, journey.startedAt, at),
      turns: journey.turns,
    });
  }

  /** Ends a journey, and those below it, because of what the waiting list or a status said. */
  settleWaiting(waiting: Waiting, { outcome, at, stalled }: WaitEnd): void {
    const journey = decodePosition(waiting.position, waiting.user);
    if (!journey?.visit) return;
    if (!stalled) noteStall(this.#context.emitter, journey.visit, at);
    const parents = waiting.parents.flatMap((parent) => {
      const below = decodePosition(parent, waiting.user);
      return below ? [below] : [];
    });
    const [first = journey] = parents;
    const unengaged = outcome === 'dropped' && !first.engaged;
    for (const each of [journey, ...parents.reverse()]) {
      this.#noteEnd(each.id, unengaged ? 'not_engaged' : outcome);
      this.close(undefined, each, { outcome: unengaged ? 'not_engaged' : outcome, at });
    }
  }

  /** Whether the journey had ended before the bot went on with it. */
  isOver(turn: Turn, journey: Journey): boolean {
    if (turn.muted || this.#giveWay(turn, journey)) return false;
    const over = this.#endingOf(journey) !== undefined || this.#drop(turn, [journey]);
    return over && !turn.muted;
  }

  /** Which of the journeys on the stack are over when a person's message comes. */
  overAt(turn: Turn, journeys: readonly Journey[]): readonly Journey[] {
    const top = journeys.at(-1);
    if (!top || turn.muted || this.#giveWay(turn, top)) return [];
    const ending = this.#endingOf(top);
    const waiting = top.visit?.waiting === true;
    if (ending === undefined && this.#drop(turn, journeys)) return turn.muted ? [] : journeys;
    if (ending === undefined && waiting && top.orphaned) return [];
    if (ending === 'dropped' && top.visit && waiting) noteReturn(this.#context, turn, top.visit);
    return journeys.filter((journey) => {
      const outcome = this.#endingOf(journey);
      return outcome !== undefined && outcome !== 'handed_off';
    });
  }

  /** No person came back, but the bot may go on with what silence had ended. */
  markOver(turn: Turn, journeys: readonly Journey[]): void {
    const top = journeys.at(-1);
    if (top && this.#endingOf(top) === undefined) this.#drop(turn, journeys);
    for (const journey of journeys) {
      const ending = this.#context.ended.get(journey.id);
      if (ending === undefined || ending === 'replaced') continue;
      journey.abandoned = ending;
      noteMove(journey);
    }
  }

  /** Where a slow store let the bot go on, a new journey has taken the place of this one already. */
  #noteEnd(id: string, outcome: JourneyOutcome): void {
    const { ended } = this.#context;
    if (ended.get(id) !== 'replaced') ended.set(id, outcome);
  }

  #endingOf(journey: Journey): JourneyOutcome | 'replaced' | undefined {
    const known = this.#context.ended.get(journey.id);
    if (known === 'replaced') return known;
    const lost = journey.orphaned && !journey.visit?.waiting;
    return journey.abandoned ?? known ?? (lost ? 'switched' : undefined);
  }

  /** Whether another turn has begun the journey anew already; then it counts the steps of this one. */
  #giveWay(turn: Turn, journey: Journey): boolean {
    if (journey.orphaned || this.#endingOf(journey) !== 'replaced') return false;
    mute(turn);
    return true;
  }

  /** Whether the deadline had passed before this turn. Then settles the drop, unless somebody has. */
  #drop(turn: Turn, journeys: readonly Journey[]): boolean {
    const visit = journeys.at(-1)?.visit;
    if (!visit?.waiting || turn.startedAt < visit.dropAt) return false;
    const waiting = toWaiting(this.#context, visit, journeys.slice(0, -1));
    const engaged = journeys.find((journey) => !journey.ended)?.engaged;
    const left = { waiting, engaged: engaged === true, ids: journeys.map(({ id }) => id) };
    claimInTurn(this.#context, turn, {
      id: visit.claimId,
      reason: 'dropped',
      askedAt: visit.askedAt,
      obey: (claim) => this.#leave(turn, left, claim),
    });
    return true;
  }

  #leave(turn: Turn, { waiting, engaged, ids }: Left, claim: Claim): void {
    if (!claim.claimed && claim.reason === 'answered') {
      mute(turn);
      return;
    }
    const ending = endingOf(claim, engaged);
    for (const id of ids) this.#noteEnd(id, ending);
    if (claim.claimed) {
      const { stalled, waiting: listed = waiting } = claim;
      this.settleWaiting(listed, { outcome: 'dropped', at: waiting.dropAt, stalled });
    }
    const journey = decodePosition(waiting.position, waiting.user);
    const unknown = !claim.claimed && claim.reason === undefined && journey?.orphaned;
    if (ending === 'dropped' && journey?.visit && !unknown) {
      noteReturn(this.#context, turn, journey.visit);
    }
  }
}

/** What a person left behind who was silent for too long. */
interface Left {
  readonly waiting: Waiting;
  readonly engaged: boolean;
  readonly ids: readonly string[];
}

function endingOf(claim: Claim, engaged: boolean): JourneyOutcome {
  if (!claim.claimed && claim.reason === 'undelivered') return 'undelivered';
  return engaged ? 'dropped' : 'not_engaged';
}
