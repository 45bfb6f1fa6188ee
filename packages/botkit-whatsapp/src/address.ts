import { compact } from '@turnspan/whatsapp';
import type { ChannelAccount, ConversationReference } from 'botbuilder-core';

/** The channel id of every activity of this adapter. */
export const CHANNEL_ID = 'whatsapp';

/** A user as this adapter names them: beside their stable id the phone number, if it is known. */
export interface WhatsAppAccount extends ChannelAccount {
  readonly waId?: string;
}

/** A business-scoped user id, or that of a parent portfolio, e.g. `US.13491208655302741918`. */
const BSUID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/** How a message of the Graph API names whom it is for. */
export interface Address {
  readonly recipient_type: 'individual';
  readonly to?: string;
  readonly recipient?: string;
}

/**
 * Addresses a user: by phone number while it is known, as Meta recommends, else by the
 * business-scoped id, which has a field of its own (`recipient`; in `to` Meta takes it for a phone
 * number and drops the message without an error).
 */
export function toAddress({ id, waId }: Pick<WhatsAppAccount, 'id' | 'waId'>): Address {
  const isScoped = waId === undefined && BSUID.test(id);
  return { recipient_type: 'individual', [isScoped ? 'recipient' : 'to']: waId ?? id };
}

/** Makes the reference of the conversation between a business number and a user. */
export function toReference(
  phoneNumberId: string,
  user: WhatsAppAccount,
): Partial<ConversationReference> {
  return {
    channelId: CHANNEL_ID,
    user,
    bot: { id: phoneNumberId, name: '' },
    conversation: toConversation(phoneNumberId, user.id),
  };
}

/** Names a conversation by nothing but who talks to whom, so that it stays the same for ever. */
export function toConversation(
  phoneNumberId: string,
  userId: string,
): ConversationReference['conversation'] {
  return {
    id: `${phoneNumberId}:${userId}`,
    isGroup: false,
    conversationType: 'personal',
    name: '',
  };
}

/** Takes a business-scoped id as it is, and of a phone number its digits, as webhooks have it. */
export function toUser(userId: string): WhatsAppAccount {
  if (BSUID.test(userId)) return toAccount(userId);
  const digits = userId.replace(/\D/g, '');
  return toAccount(digits, { waId: digits });
}

/** Makes an account; the name is empty where none is known. */
export function toAccount(
  id: string,
  {
    name = '',
    waId,
  }: { readonly name?: string | undefined; readonly waId?: string | undefined } = {},
): WhatsAppAccount {
  return compact<WhatsAppAccount>({ id, name, waId });
}
