import { MESSAGE_TAG, TurnspanError } from '@turnspan/core';
import { isJsonObject, type JsonObject, toObject, toText } from '@turnspan/whatsapp';
import type { Activity, Attachment } from 'botbuilder-core';
import { readChoices, toInteractive } from './choices';
import { hasCaption, toMediaMessage, toMediaType } from './media';
import { LIMITS, splitText } from './text';

/** Messages of the Graph API that a bot may write itself, as a member of `channelData`. */
const OWN_TYPES = [
  'template',
  'interactive',
  'location',
  'contacts',
  'reaction',
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'text',
] as const;

/** The longest `biz_opaque_callback_data` that Meta takes, in characters. */
const MAX_TAG = 512;

/** What the adapter adds where the activity is silent. */
export interface OutboundOptions {
  /** What the button says that opens a list of choices. */
  readonly listButton: string;
}

/**
 * Writes an activity of type `message` as the messages of the Graph API that carry it, in their
 * order and without an address. There are several when WhatsApp has no single one: a text beyond
 * 4096 characters, several attachments, or an attachment with choices. The last of them carries the
 * tag, and stands for the activity.
 *
 * @throws TurnspanError `MESSAGE_UNSUPPORTED` when nothing of WhatsApp carries it whole
 */
export function toGraphMessages(
  activity: Partial<Activity>,
  options: OutboundOptions,
): readonly JsonObject[] {
  const messages = toOwnMessage(activity) ?? toMessages(activity, options);
  const { context } = toObject(activity.channelData);
  const quote = isJsonObject(context) && toText(context.message_id) ? { context } : {};
  return messages.map((message, index) => ({
    ...message,
    ...(index === 0 ? quote : {}),
    ...(index === messages.length - 1 ? toTag(activity) : {}),
  }));
}

/** What the bot wrote in WhatsApp's own terms says it all; `text` is then for other channels. */
function toOwnMessage({ channelData }: Partial<Activity>): readonly JsonObject[] | undefined {
  const data = toObject(channelData);
  const type = OWN_TYPES.find((own) => isJsonObject(data[own]) || Array.isArray(data[own]));
  return type ? [{ type, [type]: data[type] }] : undefined;
}

function toMessages(
  activity: Partial<Activity>,
  { listButton }: OutboundOptions,
): readonly JsonObject[] {
  const choices = readChoices(activity);
  const attachments = activity.attachments ?? [];
  const text = activity.text ?? '';
  if (choices.length === 0) return toPlainMessages(text, attachments);
  const parts = splitText(text, LIMITS.text, LIMITS.interactiveBody);
  const label = toText(toObject(activity.channelData).list_button) ?? listButton;
  const body = parts.at(-1) ?? '';
  return [
    ...attachments.map((attachment) => toMediaMessage(attachment, undefined)),
    ...parts.slice(0, -1).map(toTextMessage),
    { type: 'interactive', interactive: toInteractive(choices, { body, listButton: label }) },
  ];
}

function toPlainMessages(text: string, attachments: readonly Attachment[]): readonly JsonObject[] {
  if (text === '' && attachments.length === 0) {
    throw new TurnspanError('MESSAGE_UNSUPPORTED', { detail: 'It has neither text nor content.' });
  }
  const [first, ...others] = attachments;
  const isCaption =
    first !== undefined && hasCaption(toMediaType(first)) && text.length <= LIMITS.caption;
  const caption = isCaption && text !== '' ? text : undefined;
  return [
    ...(first ? [toMediaMessage(first, caption)] : []),
    ...others.map((attachment) => toMediaMessage(attachment, undefined)),
    ...(isCaption ? [] : splitText(text, LIMITS.text).map(toTextMessage)),
  ];
}

function toTextMessage(body: string): JsonObject {
  return { type: 'text', text: { body } };
}

/** The bot's own callback data wins over the tag of the instrumentation. */
function toTag(activity: Partial<Activity> & { readonly [MESSAGE_TAG]?: unknown }): JsonObject {
  const own = toText(toObject(activity.channelData).biz_opaque_callback_data);
  const tag = own ?? toText(activity[MESSAGE_TAG]);
  return tag !== undefined && tag.length <= MAX_TAG ? { biz_opaque_callback_data: tag } : {};
}
