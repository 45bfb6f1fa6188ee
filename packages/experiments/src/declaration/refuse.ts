import { TurnspanError } from '@turnspan/core';

/** Refuses what an experiment is declared with, in a sentence about it. */
export function refuse(name: string, sentence: string): TurnspanError {
  return new TurnspanError('OPTION_INVALID', { detail: `Experiment "${name}": ${sentence}` });
}

/** Writes names down one after the other. */
export function quote(names: readonly unknown[]): string {
  return names.map((name) => JSON.stringify(name) ?? String(name)).join(', ');
}
