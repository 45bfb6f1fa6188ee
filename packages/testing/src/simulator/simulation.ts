import type { Timestamp } from '@turnspan/core';
import type { Customer, PlannedStatus, StatusPolicy } from '../graph-api';
import { Actor, type Stage } from './actor';
import { Bookkeeper } from './bookkeeper';
import { Diary } from './diary';
import { Phone } from './phone';
import { Timetable } from './timetable';

/** A tale is played step by step; it yields how many milliseconds pass until the next step. */
export type Tale = (actor: Actor) => AsyncGenerator<number, void>;

/** What the simulation needs to know of the bot. */
export interface SimulationOptions {
  readonly stage: Stage;
  /** What each node of the bot says, by `flow/node`. */
  readonly texts: Readonly<Record<string, string>>;
  /** What becomes of messages on their way. */
  readonly statuses: StatusPolicy;
  /** @default 30 minutes, Turnspan's own default */
  readonly stallAfterMs?: number;
  /** @default 24 hours for every flow, Turnspan's own default */
  readonly dropAfterMs?: (flow: string) => number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Plays customers against a bot, in virtual time, one step after the other. */
export class Simulation {
  readonly #options: SimulationOptions;
  readonly #book: Bookkeeper;
  readonly #timetable = new Timetable();
  readonly #actors = new Map<string, Actor>();
  #playing = 0;

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.#book = new Bookkeeper(options.stage.ledger, options.stage.endpoint);
  }

  /** The time it is. */
  get time(): Timestamp {
    return this.#options.stage.clock.time;
  }

  /** How many customers are still being played. */
  get playing(): number {
    return this.#playing;
  }

  /** Lets a customer live a tale, from a time on. */
  add(customer: Customer, tale: Tale, startAt: Timestamp): void {
    const { stage, texts, stallAfterMs = 30 * MINUTE, dropAfterMs = () => DAY } = this.#options;
    const phone = new Phone(customer);
    const diary = new Diary({ phone, book: this.#book, texts, stallAfterMs, dropAfterMs });
    const actor = new Actor(stage, phone, diary);
    for (const id of [customer.phone, customer.userId]) if (id) this.#actors.set(id, actor);
    const steps = tale(actor);
    const play = async () => {
      const { value, done } = await steps.next();
      diary.check();
      if (done) this.#playing -= 1;
      else this.#timetable.add(stage.clock.time + value, play);
    };
    this.#playing += 1;
    this.#timetable.add(startAt, play);
  }

  /** Does something at a time. */
  at(time: Timestamp, run: () => unknown): void {
    this.#timetable.add(time, async () => {
      await run();
    });
  }

  /** Does something again and again, while customers are being played. */
  every(ms: number, run: () => unknown): void {
    const { clock } = this.#options.stage;
    const again = async () => {
      await run();
      if (this.#playing > 0) this.#timetable.add(clock.time + ms, again);
    };
    this.#timetable.add(clock.time + ms, again);
  }

  /**
   * A message of the bot reaches its customer; to be the `statuses` of the Graph API.
   */
  readonly deliver: StatusPolicy = (message) => {
    const actor = this.#actors.get(message.to);
    const statuses = actor?.plan(message) ?? this.#options.statuses(message);
    this.#noteWebhooks(statuses);
    actor?.phone.receive(message, statuses);
    return statuses;
  };

  #noteWebhooks(statuses: readonly PlannedStatus[]): void {
    const { ledger } = this.#options.stage;
    for (const { copies = 1 } of statuses) {
      const field = 'messages';
      ledger.count('whatsapp_webhook_events_total', { field, result: 'applied' });
      if (copies < 2) continue;
      ledger.count('whatsapp_webhook_events_total', { field, result: 'duplicate' }, copies - 1);
    }
  }

  /** Plays until every tale is told; `onStep` hears the time of each step. */
  async play(onStep: (time: Timestamp) => void = () => {}): Promise<void> {
    const { clock, graph, webhooks } = this.#options.stage;
    for (let next = this.#timetable.take(); next; next = this.#timetable.take()) {
      clock.goTo(next.at);
      graph.setWebhookUrl(Object.values(webhooks)[0] ?? '');
      await graph.flushStatuses(clock.time);
      await next.run();
      onStep(clock.time);
    }
    await graph.flushStatuses(Number.POSITIVE_INFINITY);
  }

  /** Enters into the ledger who is still waiting, now. */
  close(): void {
    const { clock, ledger, endpoint } = this.#options.stage;
    let unanswered = 0;
    for (const { diary, phone } of new Set(this.#actors.values())) {
      const owed = diary.owed(clock.now());
      if (owed) {
        const { flow, node } = owed;
        ledger.count('conversation_waiting', { flow, node });
        if (owed.stalled) ledger.count('conversation_stalled', { flow, node });
      }
      if (phone.isOwed(clock.now())) unanswered += 1;
    }
    ledger.set('conversation_unanswered', endpoint, unanswered);
    ledger.know('conversation_waiting', 'conversation_stalled');
  }
}
