import type { OnError } from '@turnspan/core';
import type { ContextShape } from './shapes';

/** The property of the bot's conversation state. */
const PROPERTY = 'turnspan';
/** As many as a channel may have on their way from one person. */
const REMEMBERED = 8;

/** The state that a Botkit controller saves with its dialogs. */
interface ConversationState {
  createProperty(name: string): {
    get(context: ContextShape, initial: readonly string[]): Promise<unknown>;
    set(context: ContextShape, value: readonly string[]): Promise<void>;
  };
}

/**
 * Which messages of a conversation the bot has dealt with, noted in the bot's own state and saved in
 * the same step. Only messages that an inbox keeps are noted: only those can come again.
 */
export interface DealtWith {
  /** Notes a message; it is saved with the rest. Never rejects. */
  note(context: ContextShape, messageKey: string): Promise<void>;
  /** Whether the message was noted and saved. Never rejects. */
  has(context: ContextShape, messageKey: string): Promise<boolean>;
}

/** Keeps the notes in the state of a controller; one without such a state notes nothing. */
export function createDealtWith(controller: object, contained: OnError): DealtWith {
  const { conversationState } = controller as { readonly conversationState?: ConversationState };
  const property = conversationState?.createProperty(PROPERTY);
  const read = async (context: ContextShape): Promise<readonly string[]> => {
    const keys = await property?.get(context, []);
    return Array.isArray(keys) ? keys : [];
  };
  return {
    async note(context, messageKey) {
      try {
        const others = (await read(context)).filter((key) => key !== messageKey);
        await property?.set(context, [...others, messageKey].slice(-REMEMBERED));
      } catch (error) {
        contained(error);
      }
    },
    async has(context, messageKey) {
      try {
        return (await read(context)).includes(messageKey);
      } catch (error) {
        contained(error);
        return false;
      }
    },
  };
}
