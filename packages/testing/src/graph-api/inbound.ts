import type { Timestamp } from '@turnspan/core';
import { toContact } from './customer';
import { toWebhookError } from './graph-errors';
import type { Customer, JsonObject, Line, WebhookBody } from './types';
import { incomingWamid } from './wamid';
import { messagesWebhook, SAMPLE_LINE } from './webhook';

/** Who writes to the business, and when. */
export interface Incoming {
  readonly from: Customer;
  readonly at: Timestamp;
  /** @default made from sender, time and content, so the same message has the same id */
  readonly id?: string;
  /** @default the business of Meta's examples */
  readonly line?: Line;
  /** Id of the message of the business that is answered. */
  readonly replyTo?: string;
}

/** The part of a message that says what it is. */
export interface MessageContent {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** A choice that a customer tapped. */
export interface TappedChoice {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
}

/** A file that a customer sent. */
export interface SentMedia {
  readonly type: 'audio' | 'document' | 'image' | 'sticker' | 'video';
  readonly id: string;
  readonly mimeType: string;
  readonly caption?: string;
  /** An audio recorded in the chat. */
  readonly voice?: boolean;
}

/** A message of any type. */
export function inboundMessage(incoming: Incoming, content: MessageContent): WebhookBody {
  const contacts = [toContact(incoming.from)];
  return messagesWebhook(incoming.line ?? SAMPLE_LINE, {
    contacts,
    messages: [toMessage(incoming, content)],
  });
}

/** A text. */
export function textMessage(incoming: Incoming, body: string): WebhookBody {
  return inboundMessage(incoming, { type: 'text', text: { body } });
}

/** A tap on a reply button. */
export function buttonReply(incoming: Incoming, { id, title }: TappedChoice): WebhookBody {
  return interactive(incoming, { type: 'button_reply', button_reply: { id, title } });
}

/** A choice from a list. */
export function listReply(incoming: Incoming, choice: TappedChoice): WebhookBody {
  return interactive(incoming, { type: 'list_reply', list_reply: { ...choice } });
}

/** A flow filled in; `answers` travel as a text of JSON. */
export function flowReply(incoming: Incoming, answers: JsonObject): WebhookBody {
  const reply = { name: 'flow', body: 'Sent', response_json: JSON.stringify(answers) };
  return interactive(incoming, { type: 'nfm_reply', nfm_reply: reply });
}

/** A tap on a quick-reply button of a template. */
export function templateButton(
  incoming: Incoming,
  button: { readonly payload: string; readonly text: string },
): WebhookBody {
  return inboundMessage(incoming, { type: 'button', button: { ...button } });
}

/** A picture, a voice message, a document. */
export function mediaMessage(incoming: Incoming, sent: SentMedia): WebhookBody {
  const { type, id, mimeType, caption, voice } = sent;
  const media = {
    id,
    mime_type: mimeType,
    sha256: Buffer.from(id).toString('base64'),
    ...(caption !== undefined && { caption }),
    ...(voice !== undefined && { voice }),
  };
  return inboundMessage(incoming, { type, [type]: media });
}

/** A place. */
export function locationMessage(
  incoming: Incoming,
  place: {
    readonly latitude: number;
    readonly longitude: number;
    readonly name?: string;
    readonly address?: string;
  },
): WebhookBody {
  return inboundMessage(incoming, { type: 'location', location: { ...place } });
}

/** An emoji on an earlier message; no emoji takes it away. */
export function reactionMessage(
  incoming: Incoming,
  { messageId, emoji }: { readonly messageId: string; readonly emoji?: string },
): WebhookBody {
  const reaction = { message_id: messageId, ...(emoji && { emoji }) };
  return inboundMessage(incoming, { type: 'reaction', reaction });
}

/** A message that was changed afterwards. */
export function editedMessage(
  incoming: Incoming,
  { originalId, body }: { readonly originalId: string; readonly body: string },
): WebhookBody {
  const message = { context: { id: originalId }, type: 'text', text: { body } };
  return inboundMessage(incoming, {
    type: 'edit',
    edit: { original_message_id: originalId, message },
  });
}

/** A message that was taken back. */
export function deletedMessage(incoming: Incoming, originalId: string): WebhookBody {
  return inboundMessage(incoming, { type: 'revoke', revoke: { original_message_id: originalId } });
}

/** A message that the Cloud API cannot show, e.g. a poll. */
export function unsupportedMessage(incoming: Incoming, type?: string): WebhookBody {
  const { href: _, ...error } = toWebhookError(131051);
  return inboundMessage(incoming, {
    type: 'unsupported',
    errors: [error],
    ...(type && { unsupported: { type } }),
  });
}

/** News from WhatsApp itself about a customer, who did not write; it has no contacts. */
export function systemMessage(
  incoming: Incoming,
  {
    newPhone,
    ...system
  }: { readonly type: string; readonly body: string; readonly newPhone?: string },
): WebhookBody {
  const content = { ...system, ...(newPhone && { wa_id: newPhone }) };
  const messages = [toMessage(incoming, { type: 'system', system: content })];
  return messagesWebhook(incoming.line ?? SAMPLE_LINE, { messages });
}

function interactive(incoming: Incoming, content: MessageContent): WebhookBody {
  return inboundMessage(incoming, { type: 'interactive', interactive: content });
}

function toMessage(incoming: Incoming, content: MessageContent): JsonObject {
  const { from, at, replyTo, line = SAMPLE_LINE } = incoming;
  const sender = from.phone ?? from.userId ?? '';
  const seed = [sender, at, JSON.stringify(content)].join(' ');
  return {
    ...(replyTo && { context: { from: line.displayPhoneNumber, id: replyTo } }),
    ...(from.phone && { from: from.phone }),
    ...(from.userId && { from_user_id: from.userId }),
    ...(from.parentUserId && { from_parent_user_id: from.parentUserId }),
    id: incoming.id ?? incomingWamid(sender, seed),
    timestamp: String(Math.floor(at / 1000)),
    ...content,
  };
}
