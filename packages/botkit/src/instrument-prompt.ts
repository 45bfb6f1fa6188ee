import type { Journey } from '@turnspan/core';
import type { DialogFollower } from './dialog-follower';
import { override, type Undo, undoAll } from './override';
import type { ContextShape, DialogContextShape, InstanceShape, PromptShape } from './shapes';
import { instancesOf } from './stack';
import type { Tracking, TurnRecord } from './tracking';
import { toInputKind } from './turn-input';

/** What following a prompt needs. */
export interface PromptFollowing {
  readonly tracking: Tracking;
  /** Who follows the dialog with this id. */
  readonly followerOf: (id: string) => DialogFollower | undefined;
  /** Ignore activities that are no messages, instead of taking them as answers. */
  readonly guard: boolean;
}

const END_OF_TURN = { status: 'waiting' };

/** Follows a prompt: it belongs to the node of the dialog below it on the stack. */
export function instrumentPrompt(prompt: PromptShape, following: PromptFollowing): Undo {
  const { tracking, guard } = following;
  return undoAll([
    override(prompt, 'beginDialog', (original) => (dc, options) => {
      tracking.attempt(() => aboutToAsk(tracking, dc));
      return original.call(prompt, dc, options);
    }),
    override(prompt, 'continueDialog', (original) => async (dc) => {
      if (guard && tracking.active && dc.context.activity.type !== 'message') return END_OF_TURN;
      const answered = tracking.attempt(() => answer(following, dc));
      const result = await tracking.step(dc, () => original.call(prompt, dc));
      if (answered) tracking.attempt(() => repeatIfRefused(tracking, dc, answered));
      return result;
    }),
    override(prompt, 'endDialog', (original) => (context, instance, reason) => {
      tracking.attempt(() => takeEvent(following, { context, instance, reason }));
      return original.call(prompt, context, instance, reason);
    }),
    override(prompt, 'repromptDialog', (original) => (context, instance) => {
      tracking.attempt(() => askAgain(following, context, instance));
      return original.call(prompt, context, instance);
    }),
  ]);
}

interface Owner {
  readonly record: TurnRecord;
  readonly instance: InstanceShape;
  readonly journey: Journey;
}

interface Answered extends Owner {
  readonly prompt: InstanceShape;
}

interface PromptEnd {
  readonly context: ContextShape;
  readonly instance: InstanceShape;
  readonly reason: string;
}

/** The dialog right below the prompt, if it has a journey. */
function ownerOf(
  tracking: Tracking,
  record: TurnRecord,
  prompt: InstanceShape | undefined,
): Owner | undefined {
  const stack = record.dc ? instancesOf(record.dc) : [];
  const instance = prompt && stack[stack.indexOf(prompt) - 1];
  const journey = instance && tracking.journeyOf(record, instance);
  return journey && { record, instance, journey };
}

/** The same for a prompt that is on top of the stack. */
function activeOwner(tracking: Tracking, dc: DialogContextShape): Owner | undefined {
  const record = tracking.open(dc.context);
  record.dc = dc;
  return ownerOf(tracking, record, dc.activeDialog);
}

function aboutToAsk(tracking: Tracking, dc: DialogContextShape): void {
  const owner = activeOwner(tracking, dc);
  if (owner) tracking.tracker.aboutToAsk(owner.record.turn, owner.journey);
}

/**
 * A conversation takes its answers itself; for any other dialog the prompt does. Most prompts
 * ignore events; one that takes an event ends with it.
 */
function answer(
  { tracking, followerOf }: PromptFollowing,
  dc: DialogContextShape,
): Answered | undefined {
  const owner = activeOwner(tracking, dc);
  const prompt = dc.activeDialog;
  const kind = toInputKind(dc.context.activity);
  if (!owner || !prompt || kind === 'event') return undefined;
  if (followerOf(owner.instance.id)?.takesAnswers) return undefined;
  tracking.tracker.answer(owner.record.turn, owner.journey, { kind, match: 'accepted' });
  return { ...owner, prompt };
}

/** A prompt ends with an event: that was its answer. */
function takeEvent({ tracking, followerOf }: PromptFollowing, end: PromptEnd): void {
  const { context, instance, reason } = end;
  const kind = toInputKind(context.activity);
  const record = tracking.recordOf(context);
  if (!record || kind !== 'event' || reason !== 'endCalled') return;
  const owner = ownerOf(tracking, record, instance);
  if (!owner || followerOf(owner.instance.id)?.takesAnswers) return;
  tracking.tracker.answer(record.turn, owner.journey, { kind, match: 'accepted' });
}

/** The prompt is still there, so it did not take the answer and has asked again. */
function repeatIfRefused(tracking: Tracking, dc: DialogContextShape, answered: Answered): void {
  const { record, journey, prompt } = answered;
  const { visit } = journey;
  if (dc.activeDialog !== prompt || visit?.repliedAt === undefined) return;
  tracking.tracker.match(journey, 'unmatched');
  tracking.tracker.enter(record.turn, journey, { id: visit.node, kind: 'question' });
  tracking.tracker.asked(record.turn, journey, tracking.parents(record, journey));
}

/** The prompt is sent again; if something had interrupted it, its question is come back to. */
function askAgain(
  { tracking, followerOf }: PromptFollowing,
  context: ContextShape,
  prompt: InstanceShape,
): void {
  const record = tracking.open(context);
  const owner = ownerOf(tracking, record, prompt);
  const journey = owner && followerOf(owner.instance.id)?.enterAgain(record, owner.instance);
  if (journey) tracking.tracker.aboutToAsk(record.turn, journey);
}
