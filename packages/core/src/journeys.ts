import { emitIn, type TrackerContext } from './context';
import type { Endings } from './endings';
import { exposeFromStart } from './exposures';
import { Journey, type Visit } from './journey';
import { Trail } from './trail';
import type { Turn } from './turn';
import { stopWork, type Visits } from './visits';
import type { Entry, JourneyOutcome } from './vocabulary';
import { noteMove } from './waiting';

/** How a journey begins. */
export interface Beginning {
  readonly flow: string;
  /** Journeys below it on the bot's stack, outermost first. */
  readonly parents: readonly Journey[];
  /** Where its position is kept between turns. */
  readonly save: (position: string) => void;
}

/** The state machine of journeys. */
export class Journeys {
  readonly #context: TrackerContext;
  readonly #visits: Visits;
  readonly #endings: Endings;

  constructor(context: TrackerContext, visits: Visits, endings: Endings) {
    this.#context = context;
    this.#visits = visits;
    this.#endings = endings;
  }

  /** A flow begins for the user of the turn. */
  begin(turn: Turn, { flow, parents, save: keep }: Beginning): Journey {
    const parent = parents.at(-1);
    if (parent) this.#leave(turn, parent);
    const journey = new Journey({
      id: turn.createJourneyId(),
      user: turn.user,
      flow,
      version: this.#context.graph.version(flow),
      entry: entryOf(turn, parents),
      startedAt: turn.now(),
      session: turn.session,
    });
    turn.switched = false;
    exposeFromStart(turn, journey);
    journey.save = keep;
    turn.journeys.add(journey);
    journey.orphaned = turn.muted;
    journey.turns = turn.botSpeaksFirst ? 0 : 1;
    this.#announce(turn, journey);
    return journey;
  }

  /** The bot ended the flow. */
  end(turn: Turn, journey: Journey, outcome: JourneyOutcome): void {
    turn.switched = outcome === 'switched';
    if (journey.ended || this.#endings.isOver(turn, journey)) return;
    const stopsShort =
      outcome === 'completed' &&
      this.#context.settings.hasGoal(journey.flow) &&
      !journey.goalReached;
    this.#endings.close(turn, journey, {
      outcome: stopsShort ? 'stopped' : outcome,
      at: turn.now(),
    });
  }

  /** The bot's dialogs live on, but for us their journeys are over. */
  abandon(turn: Turn, journeys: readonly Journey[], outcome: JourneyOutcome): void {
    for (const journey of [...journeys].reverse()) {
      if (journey.ended || this.#endings.isOver(turn, journey)) continue;
      this.#endings.close(turn, journey, { outcome, at: turn.now() });
      if (turn.muted) continue;
      journey.abandoned = outcome;
      noteMove(journey);
      this.#context.ended.set(journey.id, outcome);
    }
    for (const id of turn.replaced) this.#context.ended.set(id, outcome);
  }

  /** The bot threw: everything on its stack has failed. It may forget the turn, and go on with what had ended in it. */
  fail(turn: Turn, journeys: readonly Journey[]): void {
    const outcome = turn.undelivered ? 'undelivered' : 'failed';
    this.abandon(turn, journeys, outcome);
    if (turn.muted) return;
    for (const id of turn.over.values()) this.#context.ended.set(id, outcome);
  }

  /**
   * The turn began while these journeys were on the bot's stack, outermost first. Whoever comes
   * back after the deadline returns: the old journeys were dropped, new ones begin where the bot
   * goes on.
   */
  resume(turn: Turn, journeys: readonly Journey[]): void {
    const top = journeys.at(-1);
    if (!top) return;
    this.#adoptSession(turn, top);
    if (turn.botSpeaksFirst) {
      this.#endings.markOver(turn, journeys);
      return;
    }
    const over = this.#endings.overAt(turn, journeys);
    for (const journey of journeys) journey.turns += 1;
    this.#revive(turn, over);
    if (top.visit?.waiting && !top.orphaned) this.#extend(turn, top.visit);
    for (const journey of journeys) noteMove(journey);
  }

  /** The bot takes the message for an answer: its question may be over since the message came. */
  beforeAnswer(turn: Turn, journey: Journey): void {
    this.#revive(turn, this.#endings.overAt(turn, [journey]));
  }

  /** Begins a journey anew if the bot goes on with one that had ended. */
  ensureRunning(turn: Turn, journey: Journey): void {
    if (this.#endings.isOver(turn, journey)) this.#revive(turn, [journey]);
  }

  /** Journeys that had ended go on in the bot: they are new ones, entered by a return. */
  #revive(turn: Turn, journeys: readonly Journey[]): void {
    for (const journey of journeys) {
      const version = this.#context.graph.version(journey.flow);
      this.#context.ended.set(journey.id, 'replaced');
      turn.over.add(journey.id);
      turn.replaced.push(journey.id);
      journey.beginAgain({ id: turn.createJourneyId(), turn, version });
      journey.visits = 0;
      journey.trail = new Trail();
      journey.visit = undefined;
      journey.lastNode = undefined;
      this.#announce(turn, journey);
    }
  }

  /** Any message opens the service window anew, so the question may wait longer. */
  #extend(turn: Turn, visit: Visit): void {
    visit.dropAt =
      turn.startedAt + this.#context.settings.dropAfter(visit.journey.flow, visit.node);
    turn.owed = visit;
  }

  /** What was begun above a journey interrupts its question, or belongs to its node. */
  #leave(turn: Turn, parent: Journey): void {
    const { visit } = parent;
    if (!visit) return;
    if (visit.waiting) {
      if (this.#endings.isOver(turn, parent)) parent.visit = undefined;
      this.#visits.settle(turn, parent, { outcome: 'jumped', at: turn.now() });
      parent.lastNode = undefined;
    } else if (turn.settledElsewhere.has(visit)) parent.visit = undefined;
    else stopWork(visit, turn.now());
    noteMove(parent);
  }

  #adoptSession(turn: Turn, { visit, flow, startedAt, sessionId }: Journey): void {
    const { sessions, settings } = this.#context;
    const lastMessageAt = visit?.waiting
      ? visit.dropAt - settings.dropAfter(flow, visit.node)
      : startedAt;
    sessions.adopt(turn.state, sessionId, lastMessageAt);
  }

  #announce(turn: Turn, journey: Journey): void {
    emitIn(this.#context, turn, {
      kind: 'journey_started',
      at: journey.startedAt,
      journey,
      turn,
    });
    noteMove(journey);
  }
}

function entryOf(turn: Turn, parents: readonly Journey[]): Entry {
  if (turn.switched) return 'switch';
  if (parents.length > 0) return 'child';
  return turn.botSpeaksFirst ? 'template' : 'user';
}
