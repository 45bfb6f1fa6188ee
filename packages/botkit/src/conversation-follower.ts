import type { Journey, JourneyOutcome, Match } from '@turnspan/core';
import type { DialogFollower } from './dialog-follower';
import { createNodeNames, isFiller, type NodeNames } from './node-names';
import { type ChooseText, countTexts } from './random-texts';
import { kindOf } from './script-flow';
import type {
  ContextShape,
  ConversationShape,
  DialogContextShape,
  InstanceShape,
  LineShape,
  OptionShape,
  Script,
  StepShape,
} from './shapes';
import type { Tracking, TurnRecord } from './tracking';
import { toInputKind } from './turn-input';

interface Found {
  readonly record: TurnRecord;
  readonly instance: InstanceShape;
  readonly journey: Journey;
}

/** Turns what a BotkitConversation does into facts for the tracker. */
export class ConversationFollower implements DialogFollower {
  readonly takesAnswers = true;
  readonly #convo: ConversationShape;
  readonly #tracking: Tracking;
  /** Lines already entered in the step under way, so that one with text and an action counts once. */
  readonly #entered = new WeakMap<Journey, LineShape>();
  #names: { readonly script: Script; readonly lines: number; readonly of: NodeNames } | undefined;

  constructor(convo: ConversationShape, tracking: Tracking) {
    this.#convo = convo;
    this.#tracking = tracking;
  }

  /**
   * The conversation moves. If a result comes along and the line before this one is a question,
   * it is the answer. Where a prompt could not be sent, Botkit comes here with the prompt on top
   * of the stack and nothing to go by; that is not a move.
   */
  beforeStep(
    dc: DialogContextShape,
    [index, thread, , result]: readonly [number, string, string, unknown?],
  ): void {
    const found = this.#find(dc);
    if (!found) return;
    const { record, journey } = found;
    this.#entered.delete(journey);
    const question = this.#convo.script[thread]?.[index - 1];
    if (!result || !question?.collect || question.action === 'beginDialog') return;
    const kind = toInputKind(dc.context.activity);
    const match = hasPatterns(question) ? 'unmatched' : 'accepted';
    this.#tracking.tracker.answer(record.turn, journey, { kind, match });
  }

  /** A line is about to be sent: its node is entered. */
  enterLine(dc: DialogContextShape, line: LineShape): void {
    const found = this.#find(dc);
    if (!found) return;
    const { thread, stepIndex } = found.instance.state;
    this.#enter(found, line, { thread: String(thread), index: Number(stepIndex) });
  }

  /** The text to send of the several that a line has; undefined leaves it to Botkit. */
  async chooseText(
    dc: DialogContextShape,
    line: LineShape,
    choose: ChooseText,
  ): Promise<string | undefined> {
    try {
      const instance = dc.activeDialog;
      const node =
        instance && this.#name(String(instance.state.thread), Number(instance.state.stepIndex));
      if (node === undefined) return undefined;
      const index = await choose({ flow: this.#convo.id, node, texts: countTexts(line) });
      return index === undefined ? undefined : textAt(line, index);
    } catch (error) {
      this.#tracking.tracker.contained(error);
      return undefined;
    }
  }

  /** A question could not be made (its text function threw); Botkit goes on without it. */
  failLine(dc: DialogContextShape): void {
    const found = this.#find(dc);
    if (found) this.#tracking.tracker.failNode(found.record.turn, found.journey);
  }

  /** An option was chosen for the answer (returns true), or a line with an action is carried out. */
  beforeAction(path: OptionShape | LineShape, dc: DialogContextShape, step: StepShape): boolean {
    const found = this.#find(dc);
    const lines = this.#convo.script[step.thread] ?? [];
    const question = lines[step.index - 1];
    if (!found) return false;
    if (question?.collect?.options?.includes(path as OptionShape)) {
      this.#tracking.tracker.match(found.journey, matchOf(path as OptionShape, question));
      return true;
    }
    const isStep = path === lines[step.index];
    if (isStep && !isFiller(this.#convo.script, step.thread, step.index)) {
      this.#enter(found, path as LineShape, step);
    }
    return false;
  }

  /** What came was taken, and the conversation waits for more: of the answer, or for one if something had interrupted. */
  waitOn(dc: DialogContextShape): void {
    const found = this.#find(dc);
    if (!found) return;
    const { record, instance, journey } = found;
    const { tracker } = this.#tracking;
    const parents = this.#tracking.parents(record, journey);
    if (journey.visit) tracker.waitOn(record.turn, journey, parents);
    if (journey.visit) return;
    if (this.enterAgain(record, instance)) tracker.asked(record.turn, journey, parents);
  }

  enterAgain(record: TurnRecord, instance: InstanceShape): Journey | undefined {
    const journey = this.#tracking.journeyOf(record, instance);
    const place = {
      thread: String(instance.state.thread),
      index: Number(instance.state.stepIndex),
    };
    const line = this.#convo.script[place.thread]?.[place.index];
    if (!journey || !line || journey.visit?.waiting) return undefined;
    this.#entered.delete(journey);
    this.#enter({ record, instance, journey }, line, place);
    return journey;
  }

  /** The conversation is over. */
  end(context: ContextShape, instance: InstanceShape, reason: string): void {
    const record = this.#tracking.open(context);
    const journey = this.#tracking.journeyOf(record, instance);
    if (journey) this.#tracking.tracker.end(record.turn, journey, this.#outcome(instance, reason));
  }

  #enter({ record, journey }: Found, line: LineShape, { thread, index }: StepShape): void {
    if (this.#entered.get(journey) === line) return;
    this.#entered.set(journey, line);
    const id = this.#name(thread, index);
    if (id === undefined) return;
    this.#tracking.tracker.enter(record.turn, journey, { id, kind: kindOf(line) });
  }

  /** Scripts may grow, or come late as a whole, as those of a CMS do. */
  #name(thread: string, index: number): string | undefined {
    const { script } = this.#convo;
    const lines = countLines(script);
    if (this.#names?.script !== script || this.#names.lines !== lines) {
      this.#names = { script, lines, of: createNodeNames(script) };
    }
    return this.#names.of(thread, index);
  }

  #find(dc: DialogContextShape): Found | undefined {
    const instance = dc.activeDialog;
    if (instance?.id !== this.#convo.id) return undefined;
    const record = this.#tracking.open(dc.context);
    const journey = this.#tracking.journeyOf(record, instance);
    return journey && { record, instance, journey };
  }

  #outcome({ state }: InstanceShape, reason: string): JourneyOutcome {
    if (reason === 'replaceCalled') return 'switched';
    if (reason !== 'endCalled') return 'stopped';
    const { _status: status } = (state.values ?? {}) as { _status?: unknown };
    if (status !== undefined) return status === 'completed' ? 'completed' : 'stopped';
    const lines = this.#convo.script[String(state.thread)] ?? [];
    return Number(state.stepIndex) > lines.length ? 'stopped' : 'completed';
  }
}

/** Number of lines of a script: what grows when somebody adds to it. */
export function countLines(script: Script): number {
  let lines = 0;
  for (const thread in script) lines += script[thread]?.length ?? 0;
  return lines;
}

function textAt({ text }: LineShape, index: number): string | undefined {
  const chosen: unknown = Array.isArray(text) ? text[index] : undefined;
  return typeof chosen === 'string' ? chosen : undefined;
}

function hasPatterns({ collect }: LineShape): boolean {
  return (collect?.options ?? []).some((option) => option.default !== true);
}

function matchOf(option: OptionShape, question: LineShape): Match {
  if (option.default !== true) return 'matched';
  return hasPatterns(question) ? 'default' : 'accepted';
}
