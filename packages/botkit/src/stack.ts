import type { DialogContextShape, InstanceShape } from './shapes';

/** Key in a dialog's state under which its position is saved with the bot's stack. */
export const POSITION = '__turnspan';

/** Everything on the bot's stack, outermost first, dialogs inside of containers included. */
export function instancesOf(dc: DialogContextShape): readonly InstanceShape[] {
  const found: InstanceShape[] = [];
  if (dc.parent) found.push(...instancesOf(dc.parent));
  collect(dc.stack, found);
  return found;
}

function collect(stack: readonly InstanceShape[], found: InstanceShape[]): void {
  for (const instance of stack) {
    if (found.includes(instance)) continue;
    found.push(instance);
    const inner = instance.state?.dialogs as { dialogStack?: unknown } | undefined;
    if (Array.isArray(inner?.dialogStack)) collect(inner.dialogStack, found);
  }
}
