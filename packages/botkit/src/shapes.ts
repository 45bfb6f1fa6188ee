/**
 * The few things of Botkit and botbuilder-dialogs that are touched, typed by their shape: the
 * bot brings its own copies of these libraries, in whichever version, and some of what is needed
 * is declared private in their types.
 */

/** A message or event, in or out. */
export interface ActivityShape {
  readonly type?: string;
  readonly id?: string;
  readonly name?: string;
  readonly text?: string;
  readonly channelId?: string;
  readonly from?: { readonly id?: string };
  readonly recipient?: { readonly id?: string };
  readonly attachments?: readonly unknown[];
}

/** Sends what it is called around, and gives the ids back. */
export type SendHandler = (
  context: unknown,
  activities: readonly ActivityShape[],
  next: () => Promise<unknown>,
) => Promise<unknown>;

/** The context of a turn. */
export interface ContextShape {
  readonly activity: ActivityShape;
  readonly turnState: { get(key: unknown): unknown; set(key: unknown, value: unknown): unknown };
  onSendActivities(handler: SendHandler): unknown;
}

/** A dialog on the stack, with the state that the bot saves. */
export interface InstanceShape {
  readonly id: string;
  readonly state: Record<string, unknown>;
}

/** The stack and the turn it is used in. */
export interface DialogContextShape {
  readonly context: ContextShape;
  readonly stack: readonly InstanceShape[];
  readonly activeDialog?: InstanceShape | undefined;
  readonly parent?: DialogContextShape | undefined;
}

/** Anything in a dialog set. */
export interface DialogShape {
  id: string;
  beginDialog(dc: DialogContextShape, options?: unknown): Promise<unknown>;
  endDialog(context: ContextShape, instance: InstanceShape, reason: string): Promise<unknown>;
}

/** An answer that a question has a plan for. */
export interface OptionShape {
  readonly pattern?: unknown;
  readonly default?: boolean;
  readonly action?: string;
  readonly handler?: unknown;
  readonly execute?: unknown;
}

/** One line of a conversation's script. */
export interface LineShape {
  readonly id?: unknown;
  readonly text?: unknown;
  readonly type?: unknown;
  readonly attachment?: unknown;
  readonly attachments?: unknown;
  readonly blocks?: unknown;
  readonly channelData?: unknown;
  readonly action?: string;
  readonly execute?: unknown;
  readonly collect?: { readonly key?: string; readonly options?: readonly OptionShape[] };
}

/** What a step of a conversation knows of where it is. */
export interface StepShape {
  readonly index: number;
  readonly thread: string;
}

/** Threads by name. */
export type Script = Readonly<Record<string, readonly LineShape[]>>;

/** A BotkitConversation. */
export interface ConversationShape extends DialogShape {
  readonly script: Script;
  runStep(
    dc: DialogContextShape,
    index: number,
    thread: string,
    reason: string,
    result?: unknown,
  ): Promise<unknown>;
  handleAction(
    path: OptionShape | LineShape,
    dc: DialogContextShape,
    step: StepShape,
  ): Promise<unknown>;
  makeOutgoing(dc: DialogContextShape, line: LineShape, vars: unknown): Promise<unknown>;
}

/** A WaterfallDialog. */
export interface WaterfallShape extends DialogShape {
  readonly steps: readonly unknown[];
  waterfallStepName(index: number): string;
  onStep(step: DialogContextShape & { readonly index: number }): Promise<unknown>;
}

/** A prompt of any kind. */
export interface PromptShape extends DialogShape {
  continueDialog(dc: DialogContextShape): Promise<unknown>;
  repromptDialog(context: ContextShape, instance: InstanceShape): Promise<unknown>;
}

/** A set of dialogs. */
export interface DialogSetShape {
  add(dialog: DialogShape): unknown;
  getDialogs?(): readonly DialogShape[];
}

/** A Botkit bot worker. */
export interface BotShape {
  getConfig(key: 'context'): ContextShape;
  getConfig(key: 'dialogContext'): DialogContextShape | undefined;
}

/** A Botkit controller. */
export interface ControllerShape {
  readonly dialogSet: DialogSetShape;
  readonly adapter?: unknown;
  handleTurn(context: ContextShape): Promise<unknown>;
  saveState?(bot: BotShape): Promise<unknown>;
  addPluginExtension(name: string, extension: Readonly<Record<string, unknown>>): void;
}

const isFunction = (value: unknown): boolean => typeof value === 'function';

/** Whether a dialog is a BotkitConversation. */
export function isConversation(dialog: DialogShape): dialog is ConversationShape {
  const { script, runStep, handleAction, makeOutgoing } = dialog as Partial<ConversationShape>;
  const methods = [runStep, handleAction, makeOutgoing];
  return typeof script === 'object' && script !== null && methods.every(isFunction);
}

/** Whether a dialog is a waterfall of the bot's own; Botkit wraps each dialog in one as well. */
export function isWaterfall(dialog: DialogShape): dialog is WaterfallShape {
  const { steps, onStep, waterfallStepName } = dialog as Partial<WaterfallShape>;
  const own = !dialog.id.endsWith(':botkit-wrapper');
  return own && Array.isArray(steps) && isFunction(onStep) && isFunction(waterfallStepName);
}

/** Whether a dialog is a prompt. */
export function isPrompt(dialog: DialogShape): dialog is PromptShape {
  const { onPrompt, onRecognize } = dialog as { onPrompt?: unknown; onRecognize?: unknown };
  return isFunction(onPrompt) && isFunction(onRecognize);
}

/** The dialogs that a dialog brings along, if it is a container. */
export function innerDialogs(dialog: DialogShape): DialogSetShape | undefined {
  const { dialogs } = dialog as { dialogs?: Partial<DialogSetShape> };
  return dialogs && isFunction(dialogs.add) ? (dialogs as DialogSetShape) : undefined;
}
