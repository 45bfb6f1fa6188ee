import type { Receipt } from '@turnspan/core';
import type { InboundMessage } from '@turnspan/whatsapp';
import type { BotAdapter, TurnContext } from 'botbuilder-core';
import { type BotkitController, isHeard, triggerEvent } from './botkit';
import { readContent } from './content';
import { toEvent, toSender } from './events';
import {
  type Arrival,
  type InboundActivity,
  toEventActivity,
  toMessageActivity,
  toReceipt,
} from './inbound';
import type { Settings } from './options';

/** What a bot does in a turn. */
export type TurnLogic = (context: TurnContext) => Promise<unknown>;

/** What an update makes the bot do, and the conversation whose queue it has to wait in. */
export interface Task {
  readonly conversationId: string;
  readonly run: () => Promise<unknown>;
}

/** What tasks work with. */
export interface TaskHost {
  readonly adapter: BotAdapter;
  readonly controller: BotkitController | undefined;
  readonly identity: Settings['identity'];
  /** Runs a turn of the bot. */
  readonly turn: (activity: InboundActivity, receipt: Receipt) => Promise<unknown>;
}

/** Makes the task of a message: a turn, or an event; undefined when nobody listens to that. */
export function toMessageTask(
  message: InboundMessage,
  arrival: Arrival,
  host: TaskHost,
): Task | undefined {
  const sender = toSender(message, arrival.receivedAt, host.identity);
  const content = sender.userId === '' ? undefined : readContent(message);
  if (content === undefined) {
    return toEventTask(toEventActivity(toEvent(message), message, sender), host);
  }
  const activity = toMessageActivity(message, content, sender);
  const receipt = toReceipt(message, arrival);
  return { conversationId: activity.conversation.id, run: () => host.turn(activity, receipt) };
}

/** Makes the task of an event. It waits for the user's turn to end: both may write their state. */
export function toEventTask(
  activity: InboundActivity,
  { adapter, controller }: TaskHost,
): Task | undefined {
  if (!controller || !isHeard(controller, activity.name ?? '')) return undefined;
  return {
    conversationId: activity.conversation.id,
    run: () => triggerEvent(controller, adapter, activity),
  };
}
