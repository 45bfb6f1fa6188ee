import type { KnownFlow } from '@turnspan/core';

/** What a running bot knows of its steps, and a journal does not. */
export interface KnownSteps {
  /** The flows that the bot declares, and what was seen of them. */
  flows(): readonly KnownFlow[];
  /** What the bot says at a node, as its script has it; undefined if no script does. */
  textOf(flow: string, node: string): string | undefined;
  /** How many people owe an answer at a node now. */
  waitingAt(flow: string, node: string): number;
}

/** Where no bot runs, only the journal is known. */
export const NO_STEPS: KnownSteps = {
  flows: () => [],
  textOf: () => undefined,
  waitingAt: () => 0,
};
