import type { Timestamp } from '@turnspan/core';
import { type InboundMessage, isJsonObject, toText } from '@turnspan/whatsapp';

/** A message with all that is needed to handle it later, in another process. */
export interface Letter {
  readonly message: InboundMessage;
  readonly receivedAt: Timestamp;
}

/** Writes a letter as a text. */
export function writeLetter({ message, receivedAt }: Letter): string {
  return JSON.stringify({ message, receivedAt });
}

/** Reads a letter; undefined when the text is none. */
export function parseLetter(text: string): Letter | undefined {
  const letter: unknown = JSON.parse(text);
  if (!isJsonObject(letter) || typeof letter.receivedAt !== 'number') return undefined;
  return isMessage(letter.message)
    ? { message: letter.message, receivedAt: letter.receivedAt }
    : undefined;
}

/** The text was authenticated, so it is ours; what may differ is the version that wrote it. */
function isMessage(value: unknown): value is InboundMessage {
  return (
    isJsonObject(value) &&
    value.kind === 'message' &&
    isJsonObject(value.raw) &&
    [value.id, value.type, value.phoneNumberId].every((each) => toText(each) !== undefined)
  );
}
