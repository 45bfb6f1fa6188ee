import type { QualityAttribute, QualityFact, SharedState, Timestamp } from '@turnspan/core';
import { type Declaration, parseDeclaration } from '@turnspan/experiments';
import { EXPERIMENT_KIND } from './shared-pauses';

/** A declaration that a bot runs with, and since when. */
export interface SharedDeclaration {
  readonly declaration: Declaration;
  /** When a process last began to show it. */
  readonly at: Timestamp;
}

/** Kept beside the pauses; see there why it is a fact. */
const DECLARATION = 'declaration' as QualityAttribute;

/** Tells whoever looks from outside how an experiment is declared; testers are left out. */
export async function shareDeclaration(
  shared: SharedState,
  { name, salt, overrides: _, ...options }: Declaration,
  at: Timestamp,
): Promise<void> {
  const fact: QualityFact = {
    subject: { kind: EXPERIMENT_KIND, id: `${name}/${salt}` },
    attribute: DECLARATION,
    value: JSON.stringify(options),
    at,
    observedAt: at,
    source: 'poll',
  };
  await shared.keepFacts([fact]);
}

/** The declarations among all facts; those that cannot be read are left out. */
export function toDeclarations(facts: readonly QualityFact[]): readonly SharedDeclaration[] {
  const own = facts.filter(
    ({ subject, attribute }) => subject.kind === EXPERIMENT_KIND && attribute === DECLARATION,
  );
  return own.flatMap((fact) => parseFact(fact) ?? []);
}

function parseFact({ subject, value, at }: QualityFact): SharedDeclaration | undefined {
  const [name = '', salt = ''] = subject.id.split('/');
  try {
    return { declaration: parseDeclaration(name, { ...JSON.parse(value), salt }), at };
  } catch {
    return undefined;
  }
}
