import { type Botkit, BotkitConversation, type BotkitDialogWrapper, type BotWorker } from 'botkit';

/** What a question does with an answer; Botkit's own type knows no `action`. */
export interface Option {
  readonly pattern?: string | RegExp;
  readonly default?: boolean;
  readonly action?: string;
  readonly execute?: { readonly script: string; readonly thread?: string };
  readonly handler?: Handler;
}

/** A handler of an answer. */
export type Handler = (
  answer: string,
  convo: BotkitDialogWrapper,
  bot: BotWorker,
) => Promise<unknown>;

/** Options of a question, as Botkit takes them. */
export function options(...list: readonly Option[]): never {
  return list as never;
}

/** Adds a conversation to the bot. */
export function conversation(
  controller: Botkit,
  id: string,
  write: (convo: BotkitConversation) => void,
): BotkitConversation {
  const convo = new BotkitConversation(id, controller);
  write(convo);
  controller.addDialog(convo);
  return convo;
}

/** Lets the user begin a dialog by typing `go`. */
export function startOnGo(controller: Botkit, id: string, parameters?: object): void {
  controller.hears('go', 'message', async (bot) => {
    await bot.beginDialog(id, parameters);
  });
}

/** Does nothing, as the handler of a question that only collects. */
export async function ignore(): Promise<void> {}
