import type { BotShape } from './shapes';

/** Gives the variant for the user whom a bot talks to. */
export type PickVariant = (bot: BotShape) => Promise<string>;

/** The part of a running conversation that a `before` hook works with. */
export interface ThreadedConversation {
  gotoThread(thread: string): Promise<unknown>;
}

/** The part of a bot worker that begins a conversation. */
export interface DialogStarter extends BotShape {
  beginDialog(dialog: string, options?: unknown): Promise<unknown>;
}

/**
 * Makes a `before` hook that goes to the thread of the user's variant. A variant without a thread
 * stays where it is, as the control usually does.
 *
 * @example
 * order.before('size', gotoVariant((bot) => experiment('ask-size', options, bot), { split: 'size_split' }));
 */
export function gotoVariant(
  pick: PickVariant,
  threads: Readonly<Record<string, string>>,
): (convo: ThreadedConversation, bot: BotShape) => Promise<void> {
  return async (convo, bot) => {
    const thread = valueAt(threads, await pick(bot));
    if (thread !== undefined) await convo.gotoThread(thread);
  };
}

/**
 * Makes a handler that begins the conversation of the user's variant; a variant without one begins
 * the first of them.
 *
 * @example
 * controller.hears('pizza', 'message', beginVariant(pick, { short: 'order', long: 'order_long' }));
 */
export function beginVariant(
  pick: PickVariant,
  scripts: Readonly<Record<string, string>>,
): (bot: DialogStarter) => Promise<void> {
  return async (bot) => {
    const script = valueAt(scripts, await pick(bot)) ?? Object.values(scripts)[0];
    if (script !== undefined) await bot.beginDialog(script);
  };
}

function valueAt(values: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}
