import { MemoryStore, type Timestamp, Tracker } from '../../../core/src';
import {
  createPrometheusObserver,
  type LabelCaps,
  type PrometheusObserver,
} from '../../../prometheus/src';
import { CLIENTS, type ClientRegistry } from '../../../prometheus/test/support/clients';
import { type Management, Random, VirtualClock, type WebhookBody } from '../../../testing/src';
import {
  createQuality,
  type Poller,
  parseUpdates,
  type Quality,
  toDeliverySignal,
} from '../../../whatsapp/src';
import { Agenda } from './agenda';
import { Conversations } from './conversations';
import { ORDER, type Questionnaire, REMINDER_DECLARATION, toDeclaration } from './flows';
import { type Habits, HEALTHY } from './habits';
import { createMeta, createMetaPoller } from './meta';
import { MINUTE } from './time';

/** What a bot is like. */
export interface VirtualBotOptions {
  /** The time at which its process starts. */
  readonly startAt: Timestamp;
  readonly seed: number;
  /** @default a healthy one's */
  readonly habits?: Partial<Habits>;
  /** @default an order of three questions */
  readonly flow?: Questionnaire;
  /** Names of variants that its conversations are spread over. @default no experiment */
  readonly variants?: readonly [string, ...string[]];
  /** @default those of the exporter */
  readonly caps?: LabelCaps;
  /** @default 10 minutes, as the real one reads numbers */
  readonly pollEveryMs?: number;
}

const SWEEP_EVERY = MINUTE / 2;
/** People are silent for long much sooner than after a day, so that tests see it. */
const SILENCE = { stallAfterMs: 10 * MINUTE, dropAfterMs: 40 * MINUTE };

/**
 * A bot with its customers, its WhatsApp account and everything that Turnspan has for them: the
 * real tracker, quality state, poller and exporter, on a clock of their own.
 */
export class VirtualBot {
  readonly clock: VirtualClock;
  readonly agenda: Agenda = new Agenda();
  readonly random: Random;
  readonly tracker: Tracker;
  readonly metrics: PrometheusObserver;
  /** What Meta knows of its business. */
  readonly meta: Management;
  readonly flow: Questionnaire;
  /** Names of the variants that are shown to whoever begins the flow. */
  readonly variants: VirtualBotOptions['variants'];
  habits: Habits;
  /** Whether the sweeper works. */
  sweeping = true;
  /** How many records its journal has lost. */
  lostRecords = 0;
  readonly #registry: ClientRegistry;
  readonly #quality: Quality;
  readonly #poller: Poller;
  #ids = 0;
  #playing: Promise<void> = Promise.resolve();

  constructor(options: VirtualBotOptions) {
    const { startAt, seed, habits } = options;
    const { flow = ORDER, caps = {}, pollEveryMs = 10 * MINUTE } = options;
    this.clock = new VirtualClock(startAt);
    this.random = new Random(seed);
    this.flow = flow;
    this.variants = options.variants;
    this.habits = { ...HEALTHY, ...habits };
    this.#registry = createRegistry();
    const { clock } = this;
    this.metrics = createPrometheusObserver({
      registry: this.#registry,
      caps,
      snapshot: () => this.tracker.snapshot(),
      quality: () => this.#quality.facts(),
      journal: () => ({ queued: 0, dropped: this.lostRecords }),
      now: clock.now,
    });
    this.tracker = new Tracker({
      ...SILENCE,
      clock,
      hashKey: 'a key',
      store: new MemoryStore('bot'),
      createId: () => {
        this.#ids += 1;
        return this.#ids.toString(36);
      },
      observers: [this.metrics.observe],
    });
    const onSignal = this.tracker.signal.bind(this.tracker);
    this.#quality = createQuality({ clock, onSignal });
    this.meta = createMeta(clock);
    this.#poller = createMetaPoller(this.meta, {
      clock,
      quality: this.#quality,
      metrics: this.metrics,
    });
    this.tracker.declare(toDeclaration(flow));
    this.tracker.declare(REMINDER_DECLARATION);
    this.#repeat(SWEEP_EVERY, () => this.#sweep());
    this.#repeat(pollEveryMs, () => this.#poller.pollNow());
    new Conversations(this).begin();
  }

  /** Does something at a time. */
  at(time: Timestamp, run: () => unknown): void {
    this.agenda.add(time, run);
  }

  /** Changes how its customers behave and how well things work. */
  change(habits: Partial<Habits>): void {
    this.habits = { ...this.habits, ...habits };
  }

  /** Takes a webhook of WhatsApp's. */
  receive(body: WebhookBody): void {
    const receivedAt = this.clock.now();
    for (const update of parseUpdates(body)) {
      if (update.kind === 'change') this.#quality.takeChange(update, receivedAt);
      if (update.kind !== 'status') continue;
      this.tracker.signal({ kind: 'webhook', field: 'messages', result: 'applied' });
      const signal = toDeliverySignal(update, receivedAt);
      if (signal) this.tracker.signal(signal);
    }
  }

  /** Lets everything happen that happens until then. */
  playUntil(time: Timestamp): Promise<void> {
    this.#playing = this.#playing.then(() => this.#play(time));
    return this.#playing;
  }

  /** What a scrape gets. */
  expose(): Promise<string> {
    return this.#registry.metrics();
  }

  async #play(time: Timestamp): Promise<void> {
    for (let next = this.agenda.take(time); next; next = this.agenda.take(time)) {
      this.clock.goTo(next.at);
      const running = next.run();
      if (running instanceof Promise) await running;
    }
    this.clock.goTo(time);
  }

  async #sweep(): Promise<void> {
    if (this.sweeping) await this.tracker.sweep();
  }

  #repeat(everyMs: number, run: () => Promise<unknown>): void {
    const again = async () => {
      await run();
      this.at(this.clock.time + everyMs, again);
    };
    this.at(this.clock.time, again);
  }
}

function createRegistry(): ClientRegistry {
  const [, client] = CLIENTS[0] ?? [];
  if (client === undefined) throw new Error('There is no client library.');
  return client.createRegistry();
}
