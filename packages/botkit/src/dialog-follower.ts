import type { DialogContextShape, InstanceShape } from './shapes';

/** What a prompt needs to know of the dialog it asks for. */
export interface DialogFollower {
  /** The dialog deals with the answers to its prompts itself. */
  readonly takesAnswers: boolean;
  /** The question on the stack is put again after somebody interrupted. */
  askAgain(dc: DialogContextShape, instance: InstanceShape): void;
}
