import { type InboundMessage, toArray, toObject, toText } from '@turnspan/whatsapp';
import type { Attachment } from 'botbuilder-core';

/** What a message of a user says, in the words of an activity. */
export interface Content {
  /** Never empty, except for a text message that really is: an empty text matches no pattern. */
  readonly text: string;
  readonly value?: unknown;
  /** What the button or row showed that the user chose. */
  readonly title?: string;
  readonly attachments?: Attachment[];
}

type Reader = (message: InboundMessage) => Content | undefined;

const READERS: Readonly<Record<string, Reader>> = {
  text: readText,
  button: readTemplateButton,
  interactive: readInteractive,
  image: readMedia,
  video: readMedia,
  audio: readMedia,
  document: readMedia,
  location: readThing,
  contacts: readThing,
  order: readThing,
};

/**
 * Reads what a user says to the bot. Gives undefined for what must not be taken for an answer:
 * reactions, stickers, edits, messages of the system, of groups, and types that are not known here.
 */
export function readContent(message: InboundMessage): Content | undefined {
  if (message.groupId !== undefined) return undefined;
  return Object.hasOwn(READERS, message.type) ? READERS[message.type]?.(message) : undefined;
}

function readText({ raw }: InboundMessage): Content | undefined {
  const { body } = toObject(raw.text);
  return typeof body === 'string' ? { text: body } : undefined;
}

/** The quick reply of a template. */
function readTemplateButton({ raw }: InboundMessage): Content | undefined {
  const { payload, text } = toObject(raw.button);
  return toChoice(payload ?? text, text);
}

function readInteractive({ raw }: InboundMessage): Content | undefined {
  const interactive = toObject(raw.interactive);
  const { button_reply, list_reply, nfm_reply } = interactive;
  if (nfm_reply !== undefined) return readForm(nfm_reply);
  const reply = toObject(button_reply ?? list_reply);
  return toChoice(reply.id, reply.title);
}

function toChoice(id: unknown, title: unknown): Content | undefined {
  const value = toText(id);
  const shown = toText(title);
  if (value === undefined) return undefined;
  return { text: value, value, ...(shown === undefined ? {} : { title: shown }) };
}

/** The answer of a WhatsApp Flow: a form, whose fields come as JSON in a string. */
function readForm(input: unknown): Content {
  const { response_json, body } = toObject(input);
  return { text: toText(body) ?? '<flow>', value: parseForm(response_json) };
}

function parseForm(json: unknown): unknown {
  try {
    return JSON.parse(String(json));
  } catch {
    return json;
  }
}

/** The file itself has to be fetched from the Graph API with the id in `content`. */
function readMedia({ raw, type }: InboundMessage): Content {
  const media = toObject(raw[type]);
  const name = toText(media.filename);
  const contentUrl = toText(media.url);
  const attachment: Attachment = {
    contentType: toText(media.mime_type) ?? type,
    content: media,
    ...(contentUrl === undefined ? {} : { contentUrl }),
    ...(name === undefined ? {} : { name }),
  };
  return { text: toText(media.caption) ?? `<${type}>`, attachments: [attachment] };
}

/** A place, contacts, or an order: structured, so it travels as an attachment. */
function readThing({ raw, type }: InboundMessage): Content {
  const content = raw[type];
  const things = type === 'contacts' ? toArray(content) : [content];
  return {
    text: `<${type}>`,
    value: content,
    attachments: things.map((thing) => ({
      contentType: `application/vnd.whatsapp.${type}+json`,
      content: thing,
    })),
  };
}
