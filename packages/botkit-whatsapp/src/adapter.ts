import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type ChannelSignal,
  contain,
  RECEIPT,
  type Receipt,
  type SignalSource,
} from '@turnspan/core';
import {
  createGraphClient,
  createWebhookHandler,
  type FieldChange,
  type GraphClient,
  type InboundMessage,
  PhoneDirectory,
  type StatusUpdate,
  toDeliverySignal,
  type WebhookDelivery,
  type WebhookHandler,
} from '@turnspan/whatsapp';
import {
  type Activity,
  BotAdapter,
  type ConversationReference,
  type ResourceResponse,
  TurnContext,
} from 'botbuilder-core';
import { CHANNEL_ID, toReference, toUser } from './address';
import {
  type BotkitController,
  type BotkitMiddlewares,
  type BotkitWorker,
  extendWorker,
} from './botkit';
import { toRecipient } from './events';
import { type InboundActivity, toEventActivity } from './inbound';
import { createInbox, openWhenReady } from './inbox/create-inbox';
import type { MessageInbox } from './inbox/message-inbox';
import { type Settings, toSettings, type WhatsAppAdapterOptions } from './options';
import { sendActivity, toUnsupported } from './send';
import { type Task, type TaskHost, type TurnLogic, toEventTask, toMessageTask } from './tasks';
import { createTurnQueue, type TurnQueue } from './turn-queue';
import { installWebhook } from './webserver';

/**
 * Connects a Botkit bot, or any bot of BotBuilder, to the WhatsApp Cloud API.
 *
 * Messages of users become turns, one at a time for each user. Statuses, reactions, edits and
 * whatever else is no answer to the bot become events beside the conversation.
 *
 * @example
 * const adapter = new WhatsAppAdapter({ appSecret, verifyToken, accessToken, phoneNumberId });
 * const controller = new Botkit({ adapter, webhook_uri: '/api/messages' });
 * controller.on('message', (bot, message) => bot.reply(message, 'Hello!'));
 */
export class WhatsAppAdapter extends BotAdapter implements SignalSource {
  /** The name of the Botkit plugin. */
  readonly name: string = 'WhatsApp';
  /** For Botkit: gives every bot that is spawned here the abilities of a `WhatsAppBot`. */
  readonly middlewares: BotkitMiddlewares;
  /** The ids of the business numbers, as their messages tell them. */
  readonly phones: PhoneDirectory = new PhoneDirectory();
  /** The Graph API, with this adapter's token. */
  readonly graph: GraphClient;
  readonly #settings: Settings;
  readonly #webhook: WebhookHandler;
  readonly #queue: TurnQueue;
  readonly #listeners: Set<(signal: ChannelSignal) => void> = new Set();
  readonly #logics: WeakMap<IncomingMessage, TurnLogic> = new WeakMap();
  readonly #inbox: MessageInbox | undefined;
  #controller: BotkitController | undefined;
  /** What is done with messages that came to another process. */
  #logic: TurnLogic | undefined;

  /** @throws TurnspanError `OPTION_INVALID` */
  constructor(options: WhatsAppAdapterOptions) {
    super();
    const settings = toSettings(options);
    const { turnTimeoutMs, startTimer, onError } = settings;
    this.#settings = settings;
    this.graph = createGraphClient(settings);
    this.#webhook = createWebhookHandler({
      ...settings,
      onMessage: (message, delivery) => this.#takeMessage(message, delivery),
      onStatus: (status, delivery) => this.#takeStatus(status, delivery),
      quality: { takeChange: (change, at) => this.#takeChange(change, at), phones: this.phones },
      onSignal: (signal) => this.#emit(signal),
    });
    const report = contain(onError, () => {});
    const onTimeout = () => report(new Error(`A turn has not ended within ${turnTimeoutMs} ms.`));
    this.#queue = createTurnQueue({ turnTimeoutMs, startTimer, onTimeout });
    this.#inbox = createInbox(settings, this.#queue, (message, arrival) =>
      toMessageTask(message, arrival, this.#host(this.#logic)),
    );
    this.middlewares = { spawn: [(worker, next) => this.#equip(worker, next)] };
  }

  /** For Botkit: keeps the controller and puts the webhook at its `webhook_uri`. */
  init(controller: BotkitController): void {
    const logic: TurnLogic = (context) => controller.handleTurn(context);
    this.#controller = controller;
    this.#logic = logic;
    if (this.#inbox) openWhenReady(this.#inbox, controller);
    if (!controller.webserver) return;
    installWebhook(controller.webserver, String(controller.getConfig('webhook_uri')), (req, res) =>
      this.processActivity(req, res, logic),
    );
  }

  /**
   * Takes up what other processes left in the inbox, now and from then on. Botkit does so when it is
   * ready; another host calls this once its bot is, or the first webhook does.
   */
  openInbox(logic: TurnLogic): void {
    this.#logic = logic;
    this.#inbox?.open();
  }

  /** Takes up no more messages of other processes; those at hand are still done with. */
  closeInbox(): void {
    this.#inbox?.close();
  }

  /**
   * Serves the webhook, both the GET of its set-up and the POST of its updates. Settles when it is
   * answered; turns may go on. Never rejects.
   */
  processActivity(
    request: IncomingMessage,
    response: ServerResponse,
    logic: TurnLogic,
  ): Promise<void> {
    this.#logics.set(request, logic);
    if (!this.#logic) this.openInbox(logic);
    return this.#webhook(request, response);
  }

  /**
   * Sends activities one after another and gives their wamids, as many and in the same order; an
   * empty id for those that WhatsApp has no message for.
   *
   * @throws GraphError when Meta refuses a message; those after it are not sent
   * @throws TurnspanError `GRAPH_UNREACHABLE`, or `MESSAGE_UNSUPPORTED` for what cannot be sent
   */
  async sendActivities(
    context: TurnContext,
    activities: readonly Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    const responses: ResourceResponse[] = [];
    const sending = { graph: this.graph, settings: this.#settings };
    for (const activity of activities) {
      responses.push({ id: await sendActivity(sending, context, activity) });
    }
    return responses;
  }

  /** Always rejects with `MESSAGE_UNSUPPORTED`: WhatsApp lets no business change a message. */
  updateActivity(): Promise<void> {
    return Promise.reject(toUnsupported('A message sent cannot be changed.'));
  }

  /** Always rejects with `MESSAGE_UNSUPPORTED`: WhatsApp lets no business take a message back. */
  deleteActivity(): Promise<void> {
    return Promise.reject(toUnsupported('A message sent cannot be taken back.'));
  }

  /**
   * Runs logic in a conversation without a message of the user. It does not wait for the user's
   * turns, so that a turn can continue another conversation and wait for it.
   */
  continueConversation(
    reference: Partial<ConversationReference>,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    const event = { type: 'event', name: 'continueConversation' };
    const activity = TurnContext.applyConversationReference(event, reference, true);
    return this.runMiddleware(new TurnContext(this, activity), logic);
  }

  /**
   * Refers to the conversation with a user, given by business-scoped id or phone number, so that a
   * bot can write first. See {@link WhatsAppAdapterOptions.identity} for which of the two to give.
   */
  referenceFor(userId: string): Partial<ConversationReference> {
    return toReference(this.#settings.phoneNumberId, toUser(userId));
  }

  /** Calls the listener with every signal of the webhook until the returned function is called. */
  subscribe(listener: (signal: ChannelSignal) => void): () => void {
    const contained = contain(listener, this.#settings.onError);
    this.#listeners.add(contained);
    return () => {
      this.#listeners.delete(contained);
    };
  }

  #emit(signal: ChannelSignal): void {
    for (const listener of this.#listeners) listener(signal);
  }

  #equip(worker: BotkitWorker, next: () => void): void {
    const referenceFor = (userId: string) => this.referenceFor(userId);
    if (worker.getConfig('adapter') === this) {
      extendWorker(worker, { graph: this.graph, referenceFor });
    }
    next();
  }

  #takeMessage(message: InboundMessage, delivery: WebhookDelivery): Promise<void> {
    const host = this.#host(this.#logics.get(delivery.request));
    const { receivedAt, receivedTick } = delivery;
    const arrival = { receivedAt, receivedTick, ...(this.#inbox && { kept: true }) };
    const task = toMessageTask(message, arrival, host);
    if (!task || !this.#inbox) return this.#run(task);
    return this.#inbox.receive({ message, receivedAt }, task);
  }

  #host(logic: TurnLogic = () => Promise.resolve()): TaskHost {
    const { identity } = this.#settings;
    const turn: TaskHost['turn'] = (activity, receipt) => this.#turn(activity, receipt, logic);
    return { adapter: this, controller: this.#controller, identity, turn };
  }

  async #run(task: Task | undefined): Promise<void> {
    if (task) await this.#queue.run(task.conversationId, task.run);
  }

  async #turn(activity: InboundActivity, receipt: Receipt, logic: TurnLogic): Promise<void> {
    const context = new TurnContext(this, activity);
    context.turnState.set(RECEIPT, receipt);
    await this.runMiddleware(context, async (revocable) => {
      await logic(revocable);
    });
  }

  #takeStatus(status: StatusUpdate, { receivedAt }: WebhookDelivery): Promise<void> {
    const signal = toDeliverySignal(status, receivedAt);
    if (signal) this.#emit(signal);
    const recipient = toRecipient(status, receivedAt, this.#settings.identity);
    const activity = toEventActivity('message_status', status, recipient);
    return this.#run(toEventTask(activity, this.#host()));
  }

  /** What it means, and whether it is new, is for those who keep the state of quality to say. */
  #takeChange({ field, accountId, timestamp, value }: FieldChange, receivedAt: number): void {
    const channel = CHANNEL_ID;
    this.#emit({ kind: 'change', channel, field, accountId, timestamp, receivedAt, value });
  }
}
