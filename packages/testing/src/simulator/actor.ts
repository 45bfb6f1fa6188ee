import type { Timestamp } from '@turnspan/core';
import {
  batch,
  buttonReply,
  type GraphApi,
  type Incoming,
  listReply,
  optOut,
  type PlannedStatus,
  type SendRequest,
  type SentMessage,
  type TappedChoice,
  textMessage,
  type WebhookBody,
} from '../graph-api';
import type { Endpoint } from './bookkeeper';
import type { Diary } from './diary';
import type { Ledger } from './ledger';
import { type Phone, textOf } from './phone';
import type { Random } from './random';
import type { VirtualClock } from './virtual-clock';

/** What an actor needs of the world. */
export interface Stage {
  readonly clock: VirtualClock;
  readonly graph: GraphApi;
  readonly ledger: Ledger;
  readonly random: Random;
  readonly endpoint: Endpoint;
  /** Where the processes of the bot take webhooks, by name. */
  readonly webhooks: Readonly<Record<string, string>>;
}

/** How a message is sent. */
export interface SendOptions {
  /** Name of the process that gets the webhook. @default the first */
  readonly to?: string;
  /** How often Meta posts it. @default 1 */
  readonly copies?: number;
  /** The message is no message to the bot: a reaction, a sticker, an edit. @default false */
  readonly silent?: boolean;
  /** Done while the bot deals with the message, and waited for. @default nothing */
  readonly meanwhile?: () => Promise<unknown>;
}

/** Makes the webhook of a message. */
export type MakeWebhook = (incoming: Incoming) => WebhookBody;

/** A customer who can be played: writes to the bot, and tells the diary what came of it. */
export class Actor {
  readonly phone: Phone;
  readonly diary: Diary;
  readonly random: Random;
  readonly #stage: Stage;
  #messages = 0;
  #lost: { readonly beginning: string; readonly code: number } | undefined;

  constructor(stage: Stage, phone: Phone, diary: Diary) {
    this.#stage = stage;
    this.phone = phone;
    this.diary = diary;
    this.random = stage.random;
  }

  /** The time it really is. */
  get time(): Timestamp {
    return this.#stage.clock.time;
  }

  /** Writes a text, and waits until the bot has dealt with it. */
  async says(text: string, options: SendOptions = {}): Promise<void> {
    await this.sends((incoming) => textMessage(incoming, text), options);
  }

  /** Taps a button. */
  async taps(choice: TappedChoice, options: SendOptions = {}): Promise<void> {
    await this.sends((incoming) => buttonReply(incoming, choice), options);
  }

  /** Chooses from a list. */
  async chooses(choice: TappedChoice, options: SendOptions = {}): Promise<void> {
    await this.sends((incoming) => listReply(incoming, choice), options);
  }

  /** Sends anything. */
  async sends(make: MakeWebhook, options: SendOptions = {}): Promise<void> {
    const { to, copies = 1, silent = false, meanwhile } = options;
    const body = this.#write(make, silent);
    for (let copy = 0; copy < copies; copy += 1) {
      this.#noteWebhook(copy === 0 ? 'applied' : 'duplicate');
      await Promise.all([this.#post(body, to), meanwhile?.()]);
    }
  }

  /** Writes several texts before the bot has answered any; Meta posts them in one webhook. */
  async saysTogether(texts: readonly string[]): Promise<void> {
    const bodies = texts.map((text) => {
      this.#noteWebhook('applied');
      return this.#write((incoming) => textMessage(incoming, text), false);
    });
    await this.#post(batch(bodies));
  }

  /** Wants no more messages: Meta tells the business, and not because of which message. */
  async optsOut(): Promise<void> {
    const { graph, ledger, endpoint, clock } = this.#stage;
    const field = 'user_preferences';
    const { flow, node } = this.diary.lastPlace ?? { flow: '__none__', node: '__none__' };
    ledger.count('whatsapp_opt_outs_total', { line: endpoint.line, flow, node });
    ledger.count('whatsapp_webhook_events_total', { field, result: 'applied' });
    await this.#post(optOut(this.phone.customer, clock.time, graph.line(endpoint.line)));
  }

  /** Notes that the bot, or a person, speaks first now. */
  isSpokenTo(): void {
    const { now } = this.#stage.clock;
    this.phone.touch(now());
    this.diary.turns(now(), { wrote: false });
  }

  /** The Graph API refuses the next message to this customer that begins so. */
  refuses(beginning: string, code: number): void {
    const isMeant = (request: SendRequest) =>
      this.#isTo(request) && textOf(request).startsWith(beginning);
    this.#stage.graph.failNext({ kind: 'error', code }, { when: isMeant });
  }

  /** Messages to this customer that begin so are accepted, and fail on their way. */
  losesMessages(beginning: string, code: number): void {
    this.#lost = { beginning, code };
  }

  /** What will become of a message to this customer, if it is a special one. */
  plan(message: SentMessage): readonly PlannedStatus[] | undefined {
    if (!this.#lost || !textOf(message).startsWith(this.#lost.beginning)) return undefined;
    return [{ status: 'failed', afterMs: 5_000, code: this.#lost.code }];
  }

  /** Sets the clock of the bot's machine wrong until the returned function is called. */
  skewsClock(ms: number): () => void {
    return this.#stage.clock.skew(ms);
  }

  /** Something else happened that is counted. */
  notes(metric: string, times: number): void {
    this.#stage.ledger.count(metric, {}, times);
  }

  #isTo({ to }: SendRequest): boolean {
    const { phone, userId } = this.phone.customer;
    return to === phone || to === userId;
  }

  #write(make: MakeWebhook, silent: boolean): WebhookBody {
    const { clock, random, ledger, endpoint } = this.#stage;
    const sentAt = clock.time - random.between(200, 3_000);
    this.#messages += 1;
    const id = `wamid.${Buffer.from(`${this.phone.customer.phone ?? this.phone.customer.userId}/${this.#messages}`).toString('base64')}`;
    const from = this.phone.customer;
    const body = make({ from, at: sentAt, id, line: this.#stage.graph.line(endpoint.line) });
    if (silent) return body;
    const timestamp = Math.floor(sentAt / 1000) * 1000;
    const at = clock.now();
    this.phone.wrote(at, timestamp);
    this.diary.turns(at, { wrote: true });
    const delay = Math.max(0, at - timestamp) / 1000;
    ledger.observe('conversation_inbound_delay_seconds', endpoint, delay);
    return body;
  }

  #noteWebhook(result: string): void {
    this.#stage.ledger.count('whatsapp_webhook_events_total', { field: 'messages', result });
  }

  async #post(body: WebhookBody, to?: string): Promise<void> {
    const { graph, webhooks } = this.#stage;
    const url = to === undefined ? Object.values(webhooks)[0] : webhooks[to];
    if (url === undefined) throw new Error(`There is no process "${to}".`);
    graph.setWebhookUrl(url);
    const status = await graph.postWebhook(body);
    if (status !== 200) throw new Error(`The bot answered a webhook with ${status}.`);
  }
}
