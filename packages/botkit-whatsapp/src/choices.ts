import { TurnspanError } from '@turnspan/core';
import { type JsonObject, toArray, toObject, toText } from '@turnspan/whatsapp';
import type { Activity } from 'botbuilder-core';
import { LIMITS, shorten } from './text';

/** One answer that the bot offers. */
export interface Choice {
  /** What comes back as the text of the answer. */
  readonly id: string;
  readonly title: string;
}

/** Reads the answers a bot offers, from where BotBuilder and Botkit put them. */
export function readChoices(activity: Partial<Activity>): readonly Choice[] {
  const actions = toArray(activity.suggestedActions?.actions);
  const replies = toArray(toObject(activity.channelData).quick_replies);
  return (actions.length > 0 ? actions : replies).map(toObject).map(toChoice);
}

function toChoice(input: JsonObject): Choice {
  const id = toText(input.value) ?? toText(input.payload) ?? toText(input.title);
  const title = toText(input.title) ?? id;
  if (id === undefined || title === undefined) throw refuse('A quick reply has no title.');
  return { id, title };
}

/** What stands around the choices. */
export interface ChoicesFrame {
  readonly body: string;
  /** What the button says that opens a list. */
  readonly listButton: string;
}

/**
 * Offers up to three choices with short titles as buttons, and up to ten as a list. A title too
 * long for a list is shortened there and stands in full below.
 *
 * @throws TurnspanError `MESSAGE_UNSUPPORTED`
 */
export function toInteractive(choices: readonly Choice[], frame: ChoicesFrame): JsonObject {
  if (choices.length > LIMITS.rows) {
    throw refuse(`WhatsApp shows at most ${LIMITS.rows} quick replies, got ${choices.length}.`);
  }
  if (frame.body === '') throw refuse('Quick replies need a text above them.');
  const fitsButtons =
    choices.length <= LIMITS.buttons &&
    choices.every(({ title }) => title.length <= LIMITS.buttonTitle);
  return fitsButtons ? toButtons(choices, frame) : toList(choices, frame);
}

function toButtons(choices: readonly Choice[], { body }: ChoicesFrame): JsonObject {
  const buttons = choices.map(({ id, title }) => {
    checkId(id, LIMITS.buttonId);
    return { type: 'reply', reply: { id, title } };
  });
  return { type: 'button', body: { text: body }, action: { buttons } };
}

function toList(choices: readonly Choice[], { body, listButton }: ChoicesFrame): JsonObject {
  const button = shorten(listButton, LIMITS.buttonTitle);
  return {
    type: 'list',
    body: { text: body },
    action: { button, sections: [{ rows: choices.map(toRow) }] },
  };
}

function toRow({ id, title }: Choice): JsonObject {
  checkId(id, LIMITS.rowId);
  if (title.length <= LIMITS.rowTitle) return { id, title };
  if (title.length > LIMITS.rowDescription) {
    throw refuse(`The title of a quick reply may have ${LIMITS.rowDescription} characters.`);
  }
  return { id, title: shorten(title, LIMITS.rowTitle), description: title };
}

function checkId(id: string, limit: number): void {
  if (id.length <= limit) return;
  throw refuse(`The payload of a quick reply may have ${limit} characters here.`);
}

function refuse(detail: string): TurnspanError {
  return new TurnspanError('MESSAGE_UNSUPPORTED', { detail });
}
