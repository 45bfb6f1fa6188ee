import { claimAnswer } from './claims';
import { judgeAnswer } from './confusion';
import { emitIn, secondsBetween, type TrackerContext } from './context';
import { type Journey, Visit } from './journey';
import type { FlowNode } from './refs';
import type { Turn } from './turn';
import type { InputKind, Match, Timestamp, VisitOutcome } from './vocabulary';
import { keepPosition, noteMove, toWaiting } from './waiting';

/** Visits of one turn that are followed; an endless loop of the bot stays the bot's. */
const MAX_VISITS_PER_TURN = 1_000;

/** Ends that come before the bot is done with a node. */
const UNFINISHED: ReadonlySet<VisitOutcome> = new Set([
  'dropped',
  'not_engaged',
  'undelivered',
  'failed',
]);

/** How a visit ends. */
export interface Settlement {
  readonly outcome: VisitOutcome;
  readonly at: Timestamp;
  /** The node the journey goes to, if it goes on. */
  readonly to?: string;
}

/** The state machine of visits: entered → asked → waiting → settled. */
export class Visits {
  readonly #context: TrackerContext;

  constructor(context: TrackerContext) {
    this.#context = context;
  }

  /** The journey comes to a node; where it was before is thereby settled. */
  enter(turn: Turn, journey: Journey, node: FlowNode): void {
    if (turn.visits >= MAX_VISITS_PER_TURN) return;
    turn.visits += 1;
    const at = turn.now();
    this.settle(turn, journey, { outcome: outcomeOfMove(journey, node.id), at, to: node.id });
    const from = journey.lastNode;
    const visit = this.#createVisit(journey, node, at);
    journey.visit = visit;
    journey.trail.visit(node.id);
    if (this.#context.settings.isGoal(journey.flow, node.id)) {
      journey.goalReached = true;
      turn.goals.add(journey);
    }
    turn.current = visit;
    this.#noteInGraph(journey.flow, node, from);
    turn.keepEntry({ kind: 'node_entered', at, visit, turn, from });
    noteMove(journey);
  }

  /** The next thing sent is the question of the node the journey is at. */
  aboutToAsk(turn: Turn, journey: Journey): void {
    const { visit, flow } = journey;
    if (!visit || visit.askedAt !== undefined) return;
    visit.kind = 'question';
    this.#context.graph.observeNode(flow, { id: visit.node, kind: 'question' });
    turn.asking = visit;
    turn.current = visit;
  }

  /** The channel took the question: the person owes an answer from now on. */
  ask(turn: Turn, visit: Visit, parents: readonly Journey[]): void {
    const at = turn.now();
    stopWork(visit, at);
    visit.askedAt = at;
    if (turn.asking === visit) turn.asking = undefined;
    this.setDeadlines(visit, turn.botSpeaksFirst ? at : turn.startedAt, at);
    visit.openedBy = turn.trace;
    emitIn(this.#context, turn, { kind: 'node_asked', at, visit, turn });
    this.#watchForLoop(turn, visit, at);
    this.await(turn, visit, parents);
  }

  /** Says how long the person may be silent: from their last message until dropped, from `since` until stalled. */
  setDeadlines(visit: Visit, lastMessageAt: Timestamp, since: Timestamp): void {
    const { settings } = this.#context;
    const { node } = visit;
    const { flow } = visit.journey;
    visit.dropAt = Math.max(lastMessageAt + settings.dropAfter(flow, node), since);
    visit.stallAt = settings.stallAt({ flow, node, askedAt: since, dropAt: visit.dropAt });
  }

  /** Puts the visit on the waiting list and writes the position. */
  await(turn: Turn, visit: Visit, parents: readonly Journey[]): void {
    const waiting = toWaiting(this.#context, visit, parents);
    keepPosition(visit.journey, waiting.position);
    if (turn.muted) return;
    this.#context.waitingList.wait(waiting);
  }

  /** The person answered; `match` is what holds unless {@link match} says more. */
  answer(
    turn: Turn,
    visit: Visit,
    answer: { readonly kind: InputKind; readonly match: Match },
  ): void {
    claimAnswer(this.#context, turn, visit);
    visit.repliedAt = turn.startedAt;
    visit.workingSince = turn.startedAt;
    visit.inputKind = answer.kind;
    visit.match = answer.match;
    turn.current = visit;
    noteMove(visit.journey);
  }

  /** The bot took the answer as it was, after all, and waits for more of it. */
  waitOn(turn: Turn, visit: Visit, parents: readonly Journey[]): void {
    const { journey } = visit;
    if (turn.settledElsewhere.has(visit)) {
      journey.visit = undefined;
      return;
    }
    const at = turn.now();
    stopWork(visit, at);
    journey.visits += 1;
    // Not the id of a new visit: of two turns at once the other one may have gone on to that.
    visit.claimId = `${this.#claimId(journey, visit.node)}+`;
    visit.repliedAt = undefined;
    visit.inputKind = undefined;
    visit.match = undefined;
    visit.askedAt = at;
    this.setDeadlines(visit, turn.startedAt, at);
    this.await(turn, visit, parents);
  }

  /** Ends the visit the journey is in, if it is in one. */
  settle(turn: Turn | undefined, journey: Journey, settlement: Settlement): void {
    const { outcome, at } = settlement;
    const { visit } = journey;
    if (!visit) return;
    if (turn && visit.waiting) claimAnswer(this.#context, turn, visit);
    stopWork(visit, at);
    journey.visit = undefined;
    journey.lastNode = visit.node;
    if (turn) judgeAnswer(this.#context, turn, { visit, outcome, to: settlement.to });
    const { repliedAt, inputKind, match, openedBy, loopPeriod } = visit;
    emitIn(this.#context, turn, {
      kind: 'visit_settled',
      at,
      visit,
      turn,
      outcome,
      waitSeconds: this.#waitSeconds(visit),
      processingSeconds: finished(visit, outcome) ? visit.processingMs / 1000 : undefined,
      repliedAt,
      inputKind,
      match,
      openedBy,
      loopPeriod,
    });
    noteMove(journey);
  }

  #createVisit(journey: Journey, { id, kind }: FlowNode, at: Timestamp): Visit {
    journey.visits += 1;
    const claimId = this.#claimId(journey, id);
    const visit = new Visit(journey, {
      index: journey.visits,
      node: id,
      kind,
      enteredAt: at,
      claimId,
    });
    visit.workingSince = at;
    return visit;
  }

  /** Two turns at once that come to different questions must not take one for the other. */
  #claimId({ id, visits }: Journey, node: string): string {
    return `${this.#context.waitingList.origin}.${id}.${visits}.${node}`;
  }

  #noteInGraph(flow: string, node: FlowNode, from: string | undefined): void {
    const { graph } = this.#context;
    graph.observeNode(flow, node);
    if (from !== undefined) graph.observeEdge(flow, { from, to: node.id });
  }

  #watchForLoop(turn: Turn, visit: Visit, at: Timestamp): void {
    const { trail, flow } = visit.journey;
    if (this.#context.settings.isMenu(flow, visit.node)) {
      trail.clearPath();
      return;
    }
    const period = trail.ask(visit.node);
    if (period === undefined) return;
    visit.loopPeriod = period;
    emitIn(this.#context, turn, { kind: 'node_looped', at, visit, turn, period });
  }

  #waitSeconds({ askedAt, repliedAt, inputKind }: Visit): number | undefined {
    if (askedAt === undefined || repliedAt === undefined || inputKind === 'event') return undefined;
    return secondsBetween(this.#context, askedAt, repliedAt);
  }
}

function outcomeOfMove(journey: Journey, node: string): VisitOutcome {
  if (journey.visit?.node === node) return 'repeated';
  return journey.trail.has(node) ? 'jumped' : 'advanced';
}

/** The bot did all it had to do here: nothing was asked, or the answer was dealt with. */
function finished(visit: Visit, outcome: VisitOutcome): boolean {
  if (UNFINISHED.has(outcome)) return false;
  return visit.askedAt === undefined || visit.repliedAt !== undefined;
}

/** Adds up the bot's time at the visit until now. */
export function stopWork(visit: Visit, at: Timestamp): void {
  if (visit.workingSince === undefined) return;
  visit.processingMs += Math.max(0, at - visit.workingSince);
  visit.workingSince = undefined;
}
