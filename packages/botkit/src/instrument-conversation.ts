import type { ConversationFollower } from './conversation-follower';
import { override, type Undo, undoAll } from './override';
import { type ChooseText, hasRandomText } from './random-texts';
import type { ConversationShape } from './shapes';
import type { Tracking } from './tracking';

/** What following a dialog needs. */
export interface Following {
  readonly tracking: Tracking;
  /** Declares the dialog's flow if its script has changed. */
  readonly declare: () => void;
  /** Chooses among the texts of a line; Botkit does so by itself otherwise. */
  readonly chooseText?: ChooseText | undefined;
}

/**
 * Follows a BotkitConversation. Every move of it goes through `runStep`, every line it sends
 * through `makeOutgoing`, every decision through `handleAction`, every end through `endDialog`;
 * these four and `beginDialog` are overridden on this one object.
 */
export function instrumentConversation(
  convo: ConversationShape,
  follower: ConversationFollower,
  following: Following,
): Undo {
  const { tracking } = following;
  return undoAll([
    overrideBegin(convo, following),
    override(convo, 'runStep', (original) => (dc, ...step) => {
      tracking.attempt(() => follower.beforeStep(dc, step));
      return tracking.step(dc, () => original.call(convo, dc, ...step));
    }),
    overrideMakeOutgoing(convo, follower, following),
    overrideHandleAction(convo, follower, tracking),
    override(convo, 'endDialog', (original) => (context, instance, reason) => {
      tracking.attempt(() => follower.end(context, instance, reason));
      return original.call(convo, context, instance, reason);
    }),
  ]);
}

/** Lets a journey begin with the dialog. */
export function overrideBegin(
  dialog: Pick<ConversationShape, 'beginDialog'>,
  { tracking, declare }: Following,
): Undo {
  return override(dialog, 'beginDialog', (original) => (dc, options) => {
    tracking.attempt(declare);
    tracking.attempt(() => tracking.begin(dc));
    return tracking.step(dc, () => original.call(dialog, dc, options));
  });
}

function overrideMakeOutgoing(
  convo: ConversationShape,
  follower: ConversationFollower,
  { tracking, chooseText }: Following,
): Undo {
  return override(convo, 'makeOutgoing', (original) => async (dc, line, vars) => {
    tracking.attempt(() => follower.enterLine(dc, line));
    try {
      // Awaited only where there is something to choose: nothing else of the bot comes later than without.
      const text =
        chooseText && hasRandomText(line) && (await follower.chooseText(dc, line, chooseText));
      const told = typeof text === 'string' ? { ...line, text } : line;
      return await original.call(convo, dc, told, vars);
    } catch (error) {
      tracking.attempt(() => follower.failLine(dc));
      throw error;
    }
  });
}

function overrideHandleAction(
  convo: ConversationShape,
  follower: ConversationFollower,
  tracking: Tracking,
): Undo {
  return override(convo, 'handleAction', (original) => async (path, dc, step) => {
    const isAnswer = tracking.attempt(() => follower.beforeAction(path, dc, step));
    const result = await original.call(convo, path, dc, step);
    const waits =
      isAnswer === true && path.action === 'wait' && !('handler' in path && path.handler);
    if (waits) tracking.attempt(() => follower.waitOn(dc));
    return result;
  });
}
