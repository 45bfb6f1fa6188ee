import { TurnspanError } from '@turnspan/core';
import { compact, type JsonObject, toObject, toText } from '@turnspan/whatsapp';
import type { Attachment } from 'botbuilder-core';

interface Media {
  readonly id?: string;
  readonly link?: string;
  readonly caption?: string;
  readonly filename?: string;
}

/** The media types of WhatsApp, and which of them carry a caption. */
const HAS_CAPTION = {
  image: true,
  video: true,
  document: true,
  audio: false,
  sticker: false,
} as const;

/** One of WhatsApp's media types. */
export type MediaType = keyof typeof HAS_CAPTION;

/** Answers whether a media type can carry a caption. */
export function hasCaption(type: MediaType): boolean {
  return HAS_CAPTION[type];
}

/**
 * Picks WhatsApp's media type by the MIME type; what is none of its own travels as a document.
 *
 * @throws TurnspanError `MESSAGE_UNSUPPORTED` for cards, which WhatsApp does not have
 */
export function toMediaType({ contentType }: Attachment): MediaType {
  const mime = String(contentType ?? '').toLowerCase();
  if (mime.startsWith('application/vnd.microsoft.')) throw refuse('WhatsApp has no cards.');
  if (mime === 'image/webp') return 'sticker';
  const type = mime.split('/')[0] ?? '';
  return Object.hasOwn(HAS_CAPTION, type) ? (type as MediaType) : 'document';
}

/**
 * Makes the message of an attachment: by the id of an uploaded file (`content.id`), else by a link
 * that Meta fetches.
 *
 * @throws TurnspanError `MESSAGE_UNSUPPORTED`
 */
export function toMediaMessage(attachment: Attachment, caption: string | undefined): JsonObject {
  const type = toMediaType(attachment);
  const id = toText(toObject(attachment.content).id);
  const media = compact<Media>({
    id,
    link: id === undefined ? toLink(attachment) : undefined,
    caption,
    filename: type === 'document' ? toText(attachment.name) : undefined,
  });
  return { type, [type]: media };
}

function toLink({ contentUrl }: Attachment): string {
  if (typeof contentUrl === 'string' && /^https?:\/\//i.test(contentUrl)) return contentUrl;
  throw refuse('An attachment needs `content.id`, or a `contentUrl` that begins with http.');
}

function refuse(detail: string): TurnspanError {
  return new TurnspanError('MESSAGE_UNSUPPORTED', { detail });
}
