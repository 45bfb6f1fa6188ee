import type { DialogContextShape, InstanceShape } from './shapes';

/** Key in a dialog's state under which its position is saved with the bot's stack. */
export const POSITION = '__turnspan';

/** Everything on the bot's stack, outermost first, dialogs inside of containers included. */
export function instancesOf(dc: DialogContextShape): readonly InstanceShape[] {
  const outer = dc.parent ? instancesOf(dc.parent) : [];
  const own = dc.stack.flatMap(withInner);
  return [...outer, ...own.filter((instance) => !outer.includes(instance))];
}

function withInner(instance: InstanceShape): readonly InstanceShape[] {
  const inner = instance.state?.dialogs as { dialogStack?: unknown } | undefined;
  const stack = Array.isArray(inner?.dialogStack) ? inner.dialogStack : [];
  return [instance, ...(stack as readonly InstanceShape[]).flatMap(withInner)];
}
