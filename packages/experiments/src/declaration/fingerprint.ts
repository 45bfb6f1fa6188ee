import { refuse } from './refuse';
import type { Declaration } from './types';

/** What may not change while an experiment runs: with it users would come to other variants. */
const FIXED = ['variants', 'weights', 'flow', 'goal', 'exclusion', 'plannedUsers'] as const;

/** Writes down what an experiment may not change while it runs. */
export function toFingerprint(declaration: Declaration): string {
  return JSON.stringify(FIXED.map((option) => declaration[option] ?? null));
}

/**
 * Holds a declaration against the one the experiment runs with.
 *
 * @throws TurnspanError `OPTION_INVALID`
 */
export function checkUnchanged(declaration: Declaration, running: string): void {
  if (toFingerprint(declaration) === running) return;
  const before = readFingerprint(running);
  const changes = FIXED.map((option, index) => {
    const [was, is] = [before[index] ?? null, declaration[option] ?? null].map(toText);
    return was === is ? undefined : `\`${option}\` ${was}, and is declared with ${is}`;
  }).filter((change) => change !== undefined);
  const advice = 'Declare it as it was, or give it another salt, which begins it anew.';
  throw refuse(declaration.name, `it runs with ${changes.join('; with ')}. ${advice}`);
}

function readFingerprint(text: string): readonly unknown[] {
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) ? read : [];
  } catch {
    return [];
  }
}

function toText(value: unknown): string {
  return JSON.stringify(value);
}
