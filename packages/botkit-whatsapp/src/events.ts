import type { Timestamp } from '@turnspan/core';
import type { InboundMessage, StatusUpdate } from '@turnspan/whatsapp';
import type { Sender } from './inbound';
import type { Settings } from './options';

/** The events that this adapter triggers on a Botkit controller, beside the conversation. */
export const WHATSAPP_EVENTS = [
  'message_status',
  'message_reaction',
  'message_sticker',
  'message_edit',
  'message_revoke',
  'message_system',
  'message_unsupported',
] as const;
/** One of {@link WHATSAPP_EVENTS}. */
export type WhatsAppEvent = (typeof WHATSAPP_EVENTS)[number];

const EVENT_OF_TYPE: Readonly<Record<string, WhatsAppEvent>> = {
  reaction: 'message_reaction',
  sticker: 'message_sticker',
  edit: 'message_edit',
  revoke: 'message_revoke',
  system: 'message_system',
};

/** Names the event for a message that is not for the conversation. */
export function toEvent({ type }: InboundMessage): WhatsAppEvent {
  const event = Object.hasOwn(EVENT_OF_TYPE, type) ? EVENT_OF_TYPE[type] : undefined;
  return event ?? 'message_unsupported';
}

/** Names who sent a message; the id is empty for the few that name nobody. */
export function toSender(
  message: InboundMessage,
  receivedAt: Timestamp,
  identity: Settings['identity'],
): Sender {
  const { userId, from: waId, profileName: name } = message;
  return { userId: pick(identity, userId, waId), waId, name, receivedAt };
}

/** Names whom a status is about; Meta may leave out the ids when sending failed. */
export function toRecipient(
  status: StatusUpdate,
  receivedAt: Timestamp,
  identity: Settings['identity'],
): Sender {
  const { recipientUserId, recipientId: waId } = status;
  return { userId: pick(identity, recipientUserId, waId), waId, receivedAt };
}

function pick(
  identity: Settings['identity'],
  userId: string | undefined,
  waId: string | undefined,
): string {
  return (identity === 'wa_id' ? (waId ?? userId) : (userId ?? waId)) ?? '';
}
