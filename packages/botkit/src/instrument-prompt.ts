import type { Journey } from '@turnspan/core';
import type { DialogFollower } from './dialog-follower';
import { override, type Undo, undoAll } from './override';
import type { DialogContextShape, InstanceShape, PromptShape } from './shapes';
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
      const result = await original.call(prompt, dc);
      if (answered) tracking.attempt(() => repeatIfRefused(tracking, dc, answered));
      return result;
    }),
    override(prompt, 'resumeDialog', (original) => (dc, reason, result) => {
      tracking.attempt(() => askAgain(following, dc));
      return original.call(prompt, dc, reason, result);
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

/** The nearest dialog below the prompt that has a journey. */
function ownerOf(tracking: Tracking, dc: DialogContextShape): Owner | undefined {
  const record = tracking.open(dc.context);
  record.dc = dc;
  const instance = dc.stack.at(-2);
  const journey = instance && tracking.journeyOf(record, instance);
  return journey && { record, instance, journey };
}

function aboutToAsk(tracking: Tracking, dc: DialogContextShape): void {
  const owner = ownerOf(tracking, dc);
  if (owner) tracking.tracker.aboutToAsk(owner.record.turn, owner.journey);
}

/** A conversation takes its answers itself; for any other dialog the prompt does. */
function answer(
  { tracking, followerOf }: PromptFollowing,
  dc: DialogContextShape,
): Answered | undefined {
  const owner = ownerOf(tracking, dc);
  const prompt = dc.activeDialog;
  if (!owner || !prompt || followerOf(owner.instance.id)?.takesAnswers) return undefined;
  const kind = toInputKind(dc.context.activity);
  tracking.tracker.answer(owner.record.turn, owner.journey, { kind, match: 'accepted' });
  return { ...owner, prompt };
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

/** What had interrupted the prompt is over, and the prompt is sent again. */
function askAgain({ tracking, followerOf }: PromptFollowing, dc: DialogContextShape): void {
  const owner = ownerOf(tracking, dc);
  if (owner) followerOf(owner.instance.id)?.askAgain(dc, owner.instance);
}
