import { randomBytes } from 'node:crypto';
import type { ChannelSignal } from './channel';
import type { Clock } from './clock';
import type { OnError } from './contain';
import { emitIn, type TrackerContext } from './context';
import { createContext } from './create-context';
import { Deliveries } from './deliveries';
import { Endings } from './endings';
import type { Observer } from './events';
import { expose, type Shown } from './exposures';
import type { FlowDeclaration, KnownFlow } from './flow-graph';
import type { Journey } from './journey';
import { type Beginning, Journeys } from './journeys';
import { decodePosition } from './position';
import { createPseudonymizer } from './privacy';
import type { FlowNode } from './refs';
import type { SettingsOptions } from './settings';
import { Signals } from './signals';
import type { Snapshot } from './snapshot';
import type { Store } from './store';
import { Sweeper } from './sweeper';
import type { Turn } from './turn';
import { type Sending, type SendResult, type TurnInput, Turns } from './turns';
import { Visits } from './visits';
import type { InputKind, JourneyOutcome, Match } from './vocabulary';
import { keepPositions, noteMove } from './waiting';

/** How a tracker is set up. */
export interface TrackerOptions extends SettingsOptions {
  /** Key of the hashes that stand for people. @default a random one, so that hashes differ after a restart */
  readonly hashKey?: string | Uint8Array;
  /** Listeners, called in this order for every event. @default none */
  readonly observers?: readonly Observer[];
  /** Who waits where. @default in this process */
  readonly store?: Store;
  /** @default the clock of this machine */
  readonly clock?: Clock;
  /** Makes ids that never repeat. @default 72 random bits */
  readonly createId?: () => string;
  /**
   * Writes down what observers were told so far, and resolves when it is there for good.
   * @default nothing is written down
   */
  readonly record?: () => Promise<void>;
  /** After this time a turn that the bot never finished is closed. @default 5 minutes */
  readonly turnTimeoutMs?: number;
  /** Hears of every failure of ours, after the observers. @default nobody */
  readonly onError?: OnError;
}

const FIVE_MINUTES = 300_000;

/**
 * The heart of Turnspan: told what happens in a bot, it tells its observers what that means. It
 * keeps no journey in memory between turns; where a user stands is in the bot's own state (see
 * {@link Tracker.load}), and who is waiting is in the store.
 */
export class Tracker {
  readonly #context: TrackerContext;
  readonly #visits: Visits;
  readonly #journeys: Journeys;
  readonly #turns: Turns;
  readonly #sweeper: Sweeper;
  readonly #signals: Signals;

  constructor(options: TrackerOptions = {}) {
    const { hashKey = randomBytes(32), turnTimeoutMs = FIVE_MINUTES } = options;
    this.#context = createContext(options);
    this.#visits = new Visits(this.#context);
    const endings = new Endings(this.#context, this.#visits);
    this.#journeys = new Journeys(this.#context, this.#visits, endings);
    const pseudonymize = createPseudonymizer(hashKey);
    this.#turns = new Turns(this.#context, this.#visits, {
      pseudonymize,
      timeoutMs: turnTimeoutMs,
    });
    const again = { ...this.#context, emitter: this.#context.emitter.again() };
    this.#sweeper = new Sweeper(this.#context, endings, new Endings(again, new Visits(again)));
    const deliveries = new Deliveries(this.#context, endings);
    this.#signals = new Signals(this.#context, deliveries, pseudonymize);
  }

  /** Tells that something of ours failed and was kept from the bot. */
  get contained(): OnError {
    return this.#context.emitter.contained;
  }

  /** A flow is as its code says; observers hear of it if it is new or has changed. */
  declare(flow: FlowDeclaration): void {
    const { graph, emitter, clock, settings } = this.#context;
    if (!graph.declare(flow)) return;
    emitter.emit({
      kind: 'flow_declared',
      at: clock.now(),
      flow: flow.id,
      version: graph.version(flow.id),
      nodes: flow.nodes,
      edges: flow.edges,
      dropAfterMs: settings.dropAfter(flow.id),
    });
  }

  /** A message came, or the bot speaks first. */
  startTurn(input: TurnInput): Turn {
    return this.#turns.start(input);
  }

  /** The bot is done with the turn; `error` is what it threw. Only the first call counts. */
  endTurn(turn: Turn, error?: unknown): void {
    this.#turns.end(turn, error);
  }

  /** Reads where a user stands in a flow; undefined if the text is no position of ours. */
  load(turn: Turn, position: unknown, keep: (position: string) => void): Journey | undefined {
    const journey = decodePosition(position, turn.user);
    if (!journey) return undefined;
    journey.save = keep;
    turn.journeys.add(journey);
    return journey;
  }

  /** The turn began while these journeys were on the bot's stack, outermost first. */
  resume(turn: Turn, journeys: readonly Journey[]): void {
    turn.resumed = [...journeys];
    this.#journeys.resume(turn, journeys);
  }

  /** A flow begins. */
  begin(turn: Turn, beginning: Beginning): Journey {
    return this.#journeys.begin(turn, beginning);
  }

  /** The journey comes to a node. */
  enter(turn: Turn, journey: Journey, node: FlowNode): void {
    this.#journeys.ensureRunning(turn, journey);
    this.#visits.enter(turn, journey, node);
  }

  /** The user is shown a variant of an experiment; the journeys are those on the stack, outermost first. */
  show(turn: Turn, journeys: readonly Journey[], shown: Shown): void {
    const journey = expose(turn, journeys, shown);
    if (journey && shown.counts) noteMove(journey);
    emitIn(this.#context, turn, { kind: 'variant_shown', at: turn.now(), turn, journey, shown });
  }

  /** The next thing sent is the question of the node the journey is at. */
  aboutToAsk(turn: Turn, journey: Journey): void {
    this.#visits.aboutToAsk(turn, journey);
  }

  /** The question of the node the journey is at has been sent already. */
  asked(turn: Turn, journey: Journey, parents: readonly Journey[]): void {
    if (journey.visit) this.#visits.ask(turn, journey.visit, parents);
  }

  /** The bot took the message as the answer to the journey's question. */
  answer(
    turn: Turn,
    journey: Journey,
    answer: { readonly kind: InputKind; readonly match: Match },
  ): void {
    if (!journey.visit?.waiting) return;
    this.#journeys.beforeAnswer(turn, journey);
    if (journey.visit) this.#visits.answer(turn, journey.visit, answer);
  }

  /** It is known what the bot made of the answer. */
  match(journey: Journey, match: Match): void {
    if (journey.visit?.repliedAt !== undefined) journey.visit.match = match;
  }

  /** The bot took the answer and waits for more of it, without asking again. */
  waitOn(turn: Turn, journey: Journey, parents: readonly Journey[]): void {
    const { visit } = journey;
    if (visit?.repliedAt !== undefined) this.#visits.waitOn(turn, visit, parents);
  }

  /** The node failed, and the bot goes on without it. */
  failNode(turn: Turn, journey: Journey): void {
    this.#journeys.ensureRunning(turn, journey);
    this.#visits.settle(turn, journey, { outcome: 'failed', at: turn.now() });
  }

  /** The flow is over. */
  end(turn: Turn, journey: Journey, outcome: JourneyOutcome): void {
    this.#journeys.end(turn, journey, outcome);
  }

  /** The bot threw: everything on its stack, outermost first, has failed. */
  fail(turn: Turn, journeys: readonly Journey[]): void {
    this.#journeys.fail(turn, journeys);
  }

  /** A person takes over: the clock stops for these journeys, and the next first response is the person's. */
  handOff(turn: Turn, journeys: readonly Journey[]): void {
    this.#journeys.abandon(turn, journeys, 'handed_off');
    turn.state.responder = 'agent';
  }

  /**
   * The bot is about to save its state. Resolves when what the turn told so far outlives this
   * process, and after a second at the latest; where its message does not, there is nothing to
   * wait for.
   */
  beforeSave(turn: Turn): Promise<unknown> | undefined {
    keepPositions(turn);
    return turn.kept ? this.#context.recording.write(() => turn.told()) : undefined;
  }

  /** A step of the bot is over: its state says from now on where the user stands. */
  endStep(turn: Turn): void {
    keepPositions(turn);
  }

  /** The bot hands messages to the channel. */
  send(turn: Turn): Sending {
    return this.#turns.send(turn);
  }

  /** The channel took the messages, or refused them. */
  sent(turn: Turn, sending: Sending, result: SendResult): void {
    this.#turns.sent(turn, sending, result);
  }

  /** A channel tells something beside the messages. */
  signal(signal: ChannelSignal): void {
    this.#signals.receive(signal);
  }

  /** Settles everything whose deadline has passed; returns how many deadlines that were. */
  async sweep(): Promise<number> {
    this.#turns.expire(this.#context.clock.now());
    return await this.#sweeper.sweep();
  }

  /** What is true at this moment. */
  snapshot(): Snapshot {
    return {
      waiting: this.#context.waitingList.summary().counts,
      unanswered: this.#context.sessions.unanswered(),
      settledUntil: this.#sweeper.settledUntil(),
      sweepLagSeconds: this.#sweeper.lagSeconds(),
    };
  }

  /** How many turns have begun here and not ended. */
  get openTurns(): number {
    return this.#turns.open;
  }

  /** The flows, as declared and as seen. */
  flows(): readonly KnownFlow[] {
    return this.#context.graph.toFlows();
  }
}
