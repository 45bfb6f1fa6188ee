import type { Journey } from '@turnspan/core';
import type { InstanceShape } from './shapes';
import type { TurnRecord } from './tracking';

/** What a prompt needs to know of the dialog it asks for. */
export interface DialogFollower {
  /** The dialog deals with the answers to its prompts itself. */
  readonly takesAnswers: boolean;
  /** Comes back to the question that the dialog is at, unless it still waits; returns the journey that did. */
  enterAgain(record: TurnRecord, instance: InstanceShape): Journey | undefined;
}
