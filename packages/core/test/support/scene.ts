import type {
  InputKind,
  Journey,
  JourneyOutcome,
  Match,
  Receipt,
  Sending,
  Shown,
  Tracker,
  Turn,
  TurnInput,
} from '../../src';
import type { Person, Scenario } from './scenario';

export interface SceneInput extends Partial<Pick<TurnInput, 'messageId' | 'text' | 'line'>> {
  readonly inputKind?: InputKind;
  readonly receipt?: Receipt;
}

interface OpenFrame {
  readonly flow: string;
  position: string;
}

/**
 * One turn, played by a bot that does as it is told. The stack is read when the turn begins and
 * written when it is done, so that of two turns at once the last one to be done wins.
 */
export class Scene {
  readonly turn: Turn;
  readonly #scenario: Scenario;
  readonly #tracker: Tracker;
  readonly #person: Person;
  readonly #frames: OpenFrame[];
  readonly #journeys: Journey[];

  constructor(scenario: Scenario, person: Person, input: SceneInput) {
    this.#scenario = scenario;
    this.#person = person;
    const { tracker } = scenario;
    this.#tracker = tracker;
    const turn = tracker.startTurn({
      channel: 'whatsapp',
      line: 'line1',
      userId: person.id,
      ...input,
    });
    this.turn = turn;
    this.#frames = person.frames.map((frame) => ({ ...frame }));
    this.#journeys = this.#frames.flatMap((frame) => {
      const keep = (position: string) => {
        frame.position = position;
      };
      return tracker.load(turn, frame.position, keep) ?? [];
    });
    tracker.resume(turn, this.#journeys);
  }

  /** A flow begins on top of the stack. */
  begin(flow: string): this {
    const frame = { flow, position: '' };
    const journey = this.#tracker.begin(this.turn, {
      flow,
      parents: [...this.#journeys],
      save: (position) => {
        frame.position = position;
      },
    });
    this.#frames.push(frame);
    this.#journeys.push(journey);
    return this;
  }

  /** The bot says something. */
  say(node: string): this {
    return this.#enter(node, 'message').send();
  }

  /** The bot does something silently. */
  act(node: string): this {
    return this.#enter(node, 'action');
  }

  /** The bot begins a child flow at a node. */
  call(node: string, flow: string): this {
    return this.#enter(node, 'dialog').begin(flow);
  }

  /** The bot asks. */
  ask(node: string): this {
    this.prepare(node);
    return this.send();
  }

  /** The bot is about to ask: nothing has been sent yet. */
  prepare(node: string): this {
    this.#enter(node, 'question');
    this.#tracker.aboutToAsk(this.turn, this.top);
    return this;
  }

  /** The bot hands messages to the channel; the channel takes them, or refuses with `error`. */
  send({ messages = 1, error }: { messages?: number; error?: unknown } = {}): this {
    const sending = this.#tracker.send(this.turn);
    this.#scenario.tags.push(sending.tag);
    return this.sent(sending, { messages, error });
  }

  /** A call to the channel comes back. */
  sent(sending: Sending, { messages = 1, error }: { messages?: number; error?: unknown }): this {
    const parents = this.#journeys.slice(0, -1);
    this.#tracker.sent(this.turn, sending, { messages, error, parents });
    return this;
  }

  /** The bot takes the message for the answer to the question on top. */
  answer(match: Match = 'accepted', kind: InputKind = this.turn.inputKind ?? 'text'): this {
    this.#tracker.answer(this.turn, this.top, { kind, match });
    return this;
  }

  /** The bot waits for more of the answer. */
  waitOn(): this {
    this.#tracker.waitOn(this.turn, this.top, this.#journeys.slice(0, -1));
    return this;
  }

  /** The user is shown a variant of an experiment about the flow `main`. */
  show(experiment: string, variant: string, given: Partial<Shown> = {}): this {
    const run = { flow: 'main', salt: experiment, reason: 'hash', counts: true, first: true };
    const shown = { experiment, variant, ...run, since: this.turn.startedAt, ...given };
    this.#tracker.show(this.turn, this.#journeys, shown);
    return this;
  }

  /** The flow on top is over. */
  end(outcome: JourneyOutcome = 'completed'): this {
    this.#tracker.end(this.turn, this.top, outcome);
    this.#journeys.pop();
    this.#frames.pop();
    return this;
  }

  /** The flow on top gives way to another one. */
  replace(flow: string): this {
    return this.end('switched').begin(flow);
  }

  /** A person takes over; the stack stays. */
  handOff(): this {
    this.#tracker.handOff(this.turn, this.#journeys);
    return this;
  }

  /** The bot throws; the stack stays, and is stored or not. */
  crash({ saves = true } = {}): void {
    this.#tracker.fail(this.turn, this.#journeys);
    if (saves) this.store();
    this.#tracker.endTurn(this.turn, new TypeError('boom'));
  }

  /** The node could not be made, and the bot goes on without it. */
  failNode(): this {
    this.#tracker.failNode(this.turn, this.top);
    return this;
  }

  /** Time passes inside the turn. */
  work(ms: number): this {
    this.#scenario.clock.advance(ms);
    return this;
  }

  /** The turn is over and the stack is stored. */
  done(error?: unknown): void {
    this.store();
    this.#tracker.endTurn(this.turn, error);
  }

  /** The stack is stored. */
  store(): void {
    this.#tracker.endStep(this.turn);
    this.#person.frames = this.#frames.map((frame) => ({ ...frame }));
  }

  /** The journeys on the stack, outermost first. */
  get journeys(): readonly Journey[] {
    return this.#journeys;
  }

  /** The journey on top of the stack. */
  get top(): Journey {
    const journey = this.#journeys.at(-1);
    if (!journey) throw new Error('Nothing is on the stack.');
    return journey;
  }

  #enter(id: string, kind: 'message' | 'question' | 'action' | 'dialog'): this {
    this.#tracker.enter(this.turn, this.top, { id, kind });
    return this;
  }
}
