import { type Following, overrideBegin } from './instrument-conversation';
import { override, type Undo, undoAll } from './override';
import type { WaterfallShape } from './shapes';
import type { WaterfallFollower } from './waterfall-follower';

/** Follows a WaterfallDialog: each step is a node, and one that prompts is a question. */
export function instrumentWaterfall(
  waterfall: WaterfallShape,
  follower: WaterfallFollower,
  following: Following,
): Undo {
  const { tracking } = following;
  return undoAll([
    overrideBegin(waterfall, following),
    override(waterfall, 'onStep', (original) => async (step) => {
      tracking.attempt(() => follower.enterStep(step, step.index));
      const result = await tracking.step(step, () => original.call(waterfall, step));
      tracking.attempt(() => follower.leaveStep(step, result));
      return result;
    }),
    override(waterfall, 'endDialog', (original) => (context, instance, reason) => {
      tracking.attempt(() => follower.end(context, instance, reason));
      return original.call(waterfall, context, instance, reason);
    }),
  ]);
}
