import { ConversationFollower, countLines } from './conversation-follower';
import type { DialogFollower } from './dialog-follower';
import { instrumentConversation } from './instrument-conversation';
import { instrumentPrompt } from './instrument-prompt';
import { instrumentWaterfall } from './instrument-waterfall';
import { override, type Undo, undoAll } from './override';
import { type ChooseText, findRandomTexts, type RandomText } from './random-texts';
import { toScriptFlow, toWaterfallFlow } from './script-flow';
import {
  type ConversationShape,
  type DialogContextShape,
  type DialogSetShape,
  type DialogShape,
  innerDialogs,
  isConversation,
  isPrompt,
  isWaterfall,
  type WaterfallShape,
} from './shapes';
import { instancesOf } from './stack';
import type { Tracking, TurnRecord } from './tracking';
import { WaterfallFollower } from './waterfall-follower';

/** How dialogs are followed. */
export interface DialogOptions {
  readonly guard: boolean;
  readonly chooseText: ChooseText | undefined;
}

/** Follows all dialogs of a bot: those it has, those it gets later, and those inside of others. */
export class DialogInstrumentation {
  readonly #tracking: Tracking;
  readonly #options: DialogOptions;
  #seen = new WeakSet<object>();
  readonly #followers = new Map<string, DialogFollower>();
  readonly #conversations = new Set<ConversationShape>();
  readonly #declarations = new Set<() => void>();
  readonly #undos: Undo[] = [];
  #scheduled = false;

  constructor(tracking: Tracking, options: DialogOptions) {
    this.#tracking = tracking;
    this.#options = options;
  }

  /** Follows a dialog set, from now on. */
  instrument(set: DialogSetShape): void {
    if (this.#seen.has(set)) return;
    this.#seen.add(set);
    for (const dialog of dialogsOf(set)) this.#follow(dialog);
    this.#undos.push(
      override(set, 'add', (original) => (dialog) => {
        const result = original.call(set, dialog);
        this.#tracking.attempt(() => this.#follow(dialog));
        return result;
      }),
    );
  }

  /** Tells the tracker of every flow whose script is new or has grown. */
  declareAll(): void {
    for (const declare of this.#declarations) this.#tracking.attempt(declare);
  }

  /** The lines for which Botkit draws one of several texts. */
  randomTexts(): readonly RandomText[] {
    return [...this.#conversations].flatMap(findRandomTexts);
  }

  /** Whoever came back to a question that is not put again owes the answer from now on. */
  waitAgain(record: TurnRecord, dc: DialogContextShape): void {
    const { adrift, turn } = record;
    const instance = instancesOf(dc).findLast((known) => this.#tracking.journeyOf(record, known));
    const isTop = instance && adrift && this.#tracking.journeyOf(record, instance) === adrift;
    if (!isTop || adrift.ended || adrift.visit) return;
    record.dc = dc;
    const journey = this.#followers.get(instance.id)?.enterAgain(record, instance);
    if (journey)
      this.#tracking.tracker.asked(turn, journey, this.#tracking.parents(record, journey));
  }

  /** Puts every dialog back as it was. */
  undo(): void {
    undoAll(this.#undos.splice(0))();
    this.#seen = new WeakSet();
    this.#followers.clear();
    this.#conversations.clear();
    this.#declarations.clear();
  }

  #follow(dialog: DialogShape): void {
    if (this.#seen.has(dialog)) return;
    this.#seen.add(dialog);
    if (isConversation(dialog)) this.#followConversation(dialog);
    else if (isWaterfall(dialog)) this.#followWaterfall(dialog);
    else if (isPrompt(dialog)) this.#undos.push(instrumentPrompt(dialog, this.#promptFollowing()));
    const inner = innerDialogs(dialog);
    if (inner) this.instrument(inner);
  }

  #followConversation(convo: ConversationShape): void {
    const tracking = this.#tracking;
    const follower = new ConversationFollower(convo, tracking);
    const declare = this.#declareOnChange(
      () => ({ script: convo.script, size: countLines(convo.script) }),
      () => tracking.tracker.declare(toScriptFlow(convo)),
    );
    this.#followers.set(convo.id, follower);
    this.#conversations.add(convo);
    const { chooseText } = this.#options;
    this.#undos.push(instrumentConversation(convo, follower, { tracking, declare, chooseText }));
  }

  #followWaterfall(waterfall: WaterfallShape): void {
    const tracking = this.#tracking;
    const follower = new WaterfallFollower(waterfall, tracking);
    const declare = this.#declareOnChange(
      () => ({ script: waterfall.steps, size: waterfall.steps.length }),
      () => tracking.tracker.declare(toWaterfallFlow(waterfall)),
    );
    this.#followers.set(waterfall.id, follower);
    this.#undos.push(instrumentWaterfall(waterfall, follower, { tracking, declare }));
  }

  /** Reading a whole script costs too much to do it for every journey: only when it was replaced or has grown. */
  #declareOnChange(
    measure: () => { readonly script: unknown; readonly size: number },
    declare: () => void,
  ): () => void {
    let last: { readonly script: unknown; readonly size: number } | undefined;
    const declareIfChanged = () => {
      const now = measure();
      if (last && last.script === now.script && last.size === now.size) return;
      last = now;
      declare();
    };
    this.#declarations.add(declareIfChanged);
    this.#declareSoon();
    return declareIfChanged;
  }

  /** Lines are added right after the dialog, so its flow is read when the present code has run. */
  #declareSoon(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.declareAll();
    }).unref();
  }

  #promptFollowing() {
    const followerOf = (id: string) => this.#followers.get(id);
    return { tracking: this.#tracking, followerOf, guard: this.#options.guard };
  }
}

/** Older versions have no method for it. */
function dialogsOf(set: DialogSetShape): readonly DialogShape[] {
  const { dialogs = {} } = set as { dialogs?: Readonly<Record<string, DialogShape>> };
  return set.getDialogs?.() ?? Object.values(dialogs);
}
