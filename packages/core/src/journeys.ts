import { noteStall } from './claims';
import { emitIn, secondsBetween, type TrackerContext } from './context';
import { Journey, type Visit } from './journey';
import { isPending } from './maybe';
import { decodePosition } from './position';
import type { Claim, Waiting } from './store';
import { Trail } from './trail';
import type { Turn } from './turn';
import { stopWork, type Visits } from './visits';
import type { Entry, JourneyOutcome, Timestamp } from './vocabulary';
import { save, toWaiting } from './waiting';

/** How a journey begins. */
export interface Beginning {
  readonly flow: string;
  /** Journeys below it on the bot's stack, outermost first. */
  readonly parents: readonly Journey[];
  /** Where its position is kept between turns. */
  readonly save: (position: string) => void;
}

/** How a wait ends that nobody answered. */
export interface WaitEnd {
  readonly outcome: 'dropped' | 'undelivered';
  readonly at: Timestamp;
  /** The stall has been told already. */
  readonly stalled: boolean;
}

/** The state machine of journeys, and what silence does to them. */
export class Journeys {
  readonly #context: TrackerContext;
  readonly #visits: Visits;

  constructor(context: TrackerContext, visits: Visits) {
    this.#context = context;
    this.#visits = visits;
  }

  /** A flow begins for the user of the turn. */
  begin(turn: Turn, { flow, parents, save: keep }: Beginning): Journey {
    const parent = parents.at(-1);
    if (parent) this.#leave(turn, parent);
    const journey = new Journey({
      id: this.#context.createId(),
      user: turn.user,
      flow,
      version: this.#context.graph.version(flow),
      entry: entryOf(turn, parents),
      startedAt: turn.now(),
      session: turn.session,
    });
    turn.switched = false;
    journey.save = keep;
    journey.turns = turn.botSpeaksFirst ? 0 : 1;
    this.#announce(turn, journey);
    return journey;
  }

  /** The bot ended the flow. */
  end(turn: Turn, journey: Journey, outcome: JourneyOutcome): void {
    if (journey.ended) return;
    turn.switched = outcome === 'switched';
    const stopsShort =
      outcome === 'completed' &&
      this.#context.settings.hasGoal(journey.flow) &&
      !journey.goalReached;
    this.close(turn, journey, { outcome: stopsShort ? 'stopped' : outcome, at: turn.now() });
  }

  /** The bot's dialog lives on, but for us its journeys are over: the bot threw, or handed the user to a person. */
  abandon(turn: Turn, journeys: readonly Journey[], outcome: JourneyOutcome): void {
    for (const journey of [...journeys].reverse()) {
      if (journey.ended) continue;
      this.#context.ended.set(journey.id, outcome);
      this.close(turn, journey, { outcome, at: turn.now() });
    }
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

  /**
   * A message came while these journeys were on the bot's stack, outermost first. Whoever comes
   * back after the deadline returns: the old journeys were dropped, new ones begin where the bot
   * goes on.
   */
  resume(turn: Turn, journeys: readonly Journey[]): void {
    const top = journeys.at(-1);
    if (!top) return;
    const { visit } = top;
    this.#adoptSession(turn, top);
    if (visit?.waiting && turn.startedAt >= visit.dropAt) this.#return(turn, visit, journeys);
    else if (journeys.some((journey) => this.#mayGoOn(journey))) this.#revive(turn, journeys);
    else if (visit?.waiting) this.#extend(turn, visit);
    for (const journey of journeys) {
      journey.turns += 1;
      save(journey);
    }
  }

  /** Begins a journey anew if the bot goes on with one that had ended. */
  ensureRunning(turn: Turn, journey: Journey): void {
    if (this.#context.ended.has(journey.id)) this.#revive(turn, [journey]);
  }

  /** Ends a journey, and those below it, because of what the waiting list or a status said. */
  settleWaiting(waiting: Waiting, { outcome, at, stalled }: WaitEnd): void {
    const journey = decodePosition(waiting.position, waiting.user);
    if (!journey?.visit) return;
    if (!stalled) noteStall(this.#context.emitter, journey.visit, at);
    const unengaged = outcome === 'dropped' && journey.entry === 'template' && journey.turns === 0;
    const parents = waiting.parents.flatMap((parent) => {
      const below = decodePosition(parent, waiting.user);
      return below ? [below] : [];
    });
    this.#closeAll([...parents, journey], unengaged ? 'not_engaged' : outcome, at);
  }

  /** The deadline passed before this message: settle the drop unless somebody has, and begin anew. */
  #return(turn: Turn, visit: Visit, journeys: readonly Journey[]): void {
    const { claimId, dropAt } = visit;
    const waiting = toWaiting(visit, journeys.slice(0, -1));
    const claim = this.#context.store.claim(claimId, 'dropped');
    const settle = (answer: Claim) => {
      if (!answer.claimed) return;
      const { stalled } = answer;
      this.settleWaiting(waiting, { outcome: 'dropped', at: dropAt, stalled });
    };
    if (isPending(claim)) claim.then(settle).catch(this.#context.emitter.contained);
    else settle(claim);
    emitIn(this.#context, turn, { kind: 'node_returned', at: turn.startedAt, visit, turn });
    this.#revive(turn, journeys);
  }

  /** Journeys that had ended go on in the bot: they are new ones, entered by a return. */
  #revive(turn: Turn, journeys: readonly Journey[]): void {
    for (const journey of journeys) {
      journey.id = this.#context.createId();
      journey.version = this.#context.graph.version(journey.flow);
      journey.entry = 'return';
      journey.startedAt = turn.startedAt;
      journey.sessionId = turn.session.id;
      journey.ended = false;
      journey.goalReached = false;
      journey.turns = 0;
      journey.visits = 0;
      journey.trail = new Trail();
      journey.visit = undefined;
      journey.lastNode = undefined;
      this.#announce(turn, journey);
    }
  }

  #closeAll(journeys: readonly Journey[], outcome: JourneyOutcome, at: Timestamp): void {
    for (const journey of [...journeys].reverse()) {
      this.#context.ended.set(journey.id, outcome);
      this.close(undefined, journey, { outcome, at });
    }
  }

  /** After a hand-off the bot is silent; its journey goes on only when the bot does. */
  #mayGoOn({ id }: Journey): boolean {
    const outcome = this.#context.ended.get(id);
    return outcome !== undefined && outcome !== 'handed_off';
  }

  /** Any message opens the service window anew, so the question may wait longer. */
  #extend(turn: Turn, visit: Visit): void {
    this.#visits.setDeadlines(visit, turn.startedAt, turn.startedAt);
    turn.owed = visit;
  }

  /** What was begun above a journey interrupts its question, or belongs to its node. */
  #leave(turn: Turn, parent: Journey): void {
    const { visit } = parent;
    if (!visit) return;
    if (visit.waiting) {
      this.#visits.settle(turn, parent, { outcome: 'jumped', at: turn.now() });
      parent.lastNode = undefined;
    } else stopWork(visit, turn.now());
    save(parent);
  }

  #adoptSession(turn: Turn, journey: Journey): void {
    const since = journey.visit?.askedAt ?? journey.startedAt;
    this.#context.sessions.adopt(turn.state, journey.sessionId, since);
  }

  #announce(turn: Turn, journey: Journey): void {
    emitIn(this.#context, turn, {
      kind: 'journey_started',
      at: journey.startedAt,
      journey,
      turn,
    });
    save(journey);
  }
}

function entryOf(turn: Turn, parents: readonly Journey[]): Entry {
  if (turn.switched) return 'switch';
  if (parents.length > 0) return 'child';
  return turn.botSpeaksFirst ? 'template' : 'user';
}
