import {
  type DeliverySignal,
  type DeliveryStatus,
  MemoryStore,
  Tracker,
  type TrackerEvent,
  type TrackerOptions,
} from '../../src';
import { createClock, type VirtualClock } from './clock';
import { Scene, type SceneInput } from './scene';
import { type EventOf, freeze, toTale } from './tale';

/** A person who talks with the bot, with what the bot's storage holds about them. */
export interface Person {
  readonly id: string;
  frames: readonly Frame[];
}

/** One dialog on the bot's stack, as it is stored between turns. */
export interface Frame {
  readonly flow: string;
  readonly position: string;
}

export type ScenarioOptions = Omit<TrackerOptions, 'clock' | 'createId'>;

/** A bot, its users and the tracker that watches them, on a clock that only the test moves. */
export class Scenario {
  readonly clock: VirtualClock = createClock();
  readonly events: TrackerEvent[] = [];
  readonly errors: unknown[] = [];
  /** What travelled with the messages sent so far. */
  readonly tags: (string | undefined)[] = [];
  readonly ann: Person = { id: '34600111222', frames: [] };
  readonly #options: ScenarioOptions;
  #starts = 0;
  #ids = 0;
  tracker: Tracker;

  constructor(options: ScenarioOptions = {}) {
    this.#options = options;
    this.tracker = this.restart();
  }

  /** The process is replaced: what the bot stored is all that is left. */
  restart(options: ScenarioOptions = {}): Tracker {
    this.#starts += 1;
    this.tracker = new Tracker({
      hashKey: 'key',
      store: new MemoryStore(`process${this.#starts}`),
      onError: (error) => this.errors.push(error),
      ...this.#options,
      ...options,
      observers: [(event) => this.events.push(freeze(event)), ...(this.#options.observers ?? [])],
      clock: this.clock,
      createId: () => {
        this.#ids += 1;
        return `id${this.#ids}`;
      },
    });
    return this.tracker;
  }

  /** A message comes. */
  hear(input: SceneInput | string = {}, person: Person = this.ann): Scene {
    const facts = typeof input === 'string' ? { text: input } : input;
    return new Scene(this, person, { inputKind: 'text', ...facts });
  }

  /** The bot speaks first. */
  speakFirst(person: Person = this.ann): Scene {
    return new Scene(this, person, {});
  }

  /** A message comes, and the bot answers it by asking the first question of a flow. */
  meet(flow: string, node: string): void {
    this.hear('hi').begin(flow).ask(node).done();
  }

  /** Time passes, and whatever is due is settled. */
  async pass(ms: number): Promise<number> {
    this.clock.advance(ms);
    return await this.tracker.sweep();
  }

  /** The channel tells what became of the message that was sent last. */
  report(status: DeliveryStatus, facts: Partial<DeliverySignal> = {}): void {
    const tag = this.tags.at(-1);
    this.tracker.signal({
      kind: 'delivery',
      channel: 'whatsapp',
      line: 'line1',
      status,
      at: this.clock.now(),
      ...(tag === undefined ? {} : { tag }),
      ...facts,
    });
  }

  /** All events of one kind so far. */
  told<K extends TrackerEvent['kind']>(kind: K): readonly EventOf<K>[] {
    return this.events.filter((event): event is EventOf<K> => event.kind === kind);
  }

  /** What was told of journeys and visits since the last call. */
  tale(): string[] {
    const lines = toTale(this.events.slice(this.#read));
    this.#read = this.events.length;
    return lines;
  }
  #read = 0;
}
