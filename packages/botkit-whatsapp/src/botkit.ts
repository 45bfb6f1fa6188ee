import { type GraphClient, isJsonObject } from '@turnspan/whatsapp';
import { type BotAdapter, type ConversationReference, TurnContext } from 'botbuilder-core';
import type { InboundActivity } from './inbound';
import type { Webserver } from './webserver';

/** The part of a Botkit controller that is used. */
export interface BotkitController {
  readonly webserver?: Webserver;
  getConfig(key: string): unknown;
  ready?(handler: () => void): unknown;
  handleTurn(context: TurnContext): Promise<unknown>;
  spawn(context: TurnContext, adapter?: BotAdapter): Promise<unknown>;
  trigger(event: string, bot: unknown, message: unknown): Promise<unknown>;
}

/** The part of Botkit's BotWorker that is used. */
export interface BotkitWorker {
  getConfig(key: string): unknown;
  changeContext(reference: Partial<ConversationReference>): Promise<unknown>;
}

/** The middlewares that this adapter brings to Botkit. */
export interface BotkitMiddlewares {
  readonly spawn: readonly ((worker: BotkitWorker, next: () => void) => void)[];
}

/** What the bot of a handler can do on WhatsApp beside what every Botkit bot can. */
export interface WhatsAppBot {
  /** The Graph API. */
  readonly api: GraphClient;
  /**
   * Turns to a user without being asked: what is said next goes to them. Outside the 24 hours after
   * their last message, WhatsApp takes templates only.
   */
  startConversationWithUser(userId: string): Promise<void>;
  /** Marks the message that is being answered, and all before it, as read. */
  markRead(message: { readonly incoming_message: InboundMessageActivity }): Promise<void>;
}

/** The activity behind a message of Botkit, as far as it is used. */
export interface InboundMessageActivity {
  readonly id?: string;
  readonly recipient?: { readonly id: string };
}

/** What {@link extendWorker} gives to a worker. */
export interface WorkerExtension {
  readonly graph: GraphClient;
  readonly referenceFor: (userId: string) => Partial<ConversationReference>;
}

/** Gives a worker the abilities of {@link WhatsAppBot}. */
export function extendWorker(
  worker: BotkitWorker,
  { graph, referenceFor }: WorkerExtension,
): BotkitWorker & WhatsAppBot {
  return Object.assign<BotkitWorker, WhatsAppBot>(worker, {
    api: graph,
    async startConversationWithUser(userId) {
      await worker.changeContext(referenceFor(userId));
    },
    async markRead({ incoming_message: { id, recipient } }) {
      if (id && recipient) await graph.markRead(recipient.id, id);
    },
  });
}

/**
 * Answers whether anybody listens to an event. Without listeners there is no need to spawn a bot,
 * which reads the user's state. Listeners are a private matter of Botkit's, so when they cannot be
 * seen, somebody is taken to listen.
 */
export function isHeard(controller: BotkitController, event: string): boolean {
  const { _events } = controller as { readonly _events?: unknown };
  return !isJsonObject(_events) || Object.hasOwn(_events, event);
}

/**
 * Triggers a Botkit event beside the conversation: through neither the adapter's middleware nor
 * `handleTurn`, where a dialog would take it for the user's answer.
 */
export async function triggerEvent(
  controller: BotkitController,
  adapter: BotAdapter,
  activity: InboundActivity,
): Promise<void> {
  const event = activity.name ?? '';
  const context = new TurnContext(adapter, activity);
  const bot = await controller.spawn(context, adapter);
  await controller.trigger(event, bot, {
    ...activity.channelData,
    type: event,
    user: activity.from?.id,
    channel: activity.conversation.id,
    value: activity.value,
    reference: TurnContext.getConversationReference(activity),
    context,
    incoming_message: activity,
  });
}
