import type { Receipt, Timestamp } from '@turnspan/core';
import {
  compact,
  type InboundMessage,
  type StatusUpdate,
  type WebhookDelivery,
} from '@turnspan/whatsapp';
import type { Activity } from 'botbuilder-core';
import { CHANNEL_ID, toAccount, toConversation } from './address';
import type { Content } from './content';

/** An update for the bot: the activity, and the conversation whose queue it has to wait in. */
export type InboundActivity = Partial<Activity> & {
  readonly conversation: { readonly id: string };
};

/** Makes the activity of a message that is for the bot. */
export function toMessageActivity(
  message: InboundMessage,
  { text, value, title, attachments }: Content,
  sender: Sender,
): InboundActivity {
  return compact<InboundActivity>({
    ...toActivity('message', message, sender),
    text,
    value,
    attachments,
    replyToId: message.contextId,
    channelData: compact({ ...toChannelData(message), title }),
  });
}

/** Makes the activity behind an event that happens beside the conversation. */
export function toEventActivity(
  name: string,
  update: InboundMessage | StatusUpdate,
  sender: Sender,
): InboundActivity {
  return compact<InboundActivity>({
    ...toActivity('event', update, sender),
    name,
    value: update.raw,
    channelData: toChannelData(update),
  });
}

/** When an update reached us, and whether an inbox keeps it or had it from a process that has ended. */
export type Arrival = Pick<WebhookDelivery, 'receivedAt' | 'receivedTick'> &
  Pick<Receipt, 'kept' | 'again'>;

/** Who an update is from, or about, and when it reached us. */
export interface Sender {
  readonly userId: string;
  readonly waId?: string | undefined;
  readonly name?: string | undefined;
  readonly receivedAt: Timestamp;
}

/** What the instrumentation may know of the message's way to us. */
export function toReceipt(message: InboundMessage, arrival: Arrival): Receipt {
  const { receivedAt, receivedTick, kept, again } = arrival;
  return compact<Receipt>({ receivedAt, receivedTick, sentAt: message.timestamp, kept, again });
}

function toActivity(
  type: string,
  update: InboundMessage | StatusUpdate,
  sender: Sender,
): InboundActivity {
  return {
    type,
    id: update.id,
    channelId: CHANNEL_ID,
    timestamp: new Date(update.timestamp ?? sender.receivedAt),
    from: toAccount(sender.userId, sender),
    recipient: { id: update.phoneNumberId, name: '' },
    conversation: toConversation(update.phoneNumberId, sender.userId),
  };
}

/** The update as it came; Botkit spreads it over its message, so bots can read all of it. */
function toChannelData(update: InboundMessage | StatusUpdate): Record<string, unknown> {
  const { accountId, phoneNumberId, displayPhoneNumber } = update;
  return { ...update.raw, metadata: { accountId, phoneNumberId, displayPhoneNumber } };
}
