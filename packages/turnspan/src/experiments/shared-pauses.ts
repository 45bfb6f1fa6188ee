import type { QualityFact, QualityKind, SharedState, Timestamp } from '@turnspan/core';

/** Stands in the place of a variant where the whole experiment is stopped; no variant can be named so. */
export const WHOLE_EXPERIMENT = '*';

/** Whether a variant of an experiment is paused, since when and why. */
export interface Pause {
  readonly experiment: string;
  readonly salt: string;
  /** {@link WHOLE_EXPERIMENT} if it is about all of them. */
  readonly variant: string;
  readonly isPaused: boolean;
  readonly at: Timestamp;
  readonly because: string;
}

/*
 * Of what processes share, only facts can be changed by one and read by another without a trace. A
 * pause is kept as a fact about a subject that no channel has; readers of quality leave it out.
 */
export const EXPERIMENT_KIND: QualityKind = 'experiment' as QualityKind;
const PAUSED = 'PAUSED';

/** Whether a fact is about the business: pauses of experiments are kept beside it. */
export function isAboutBusiness({ subject }: QualityFact): boolean {
  return subject.kind !== EXPERIMENT_KIND;
}

/** Tells all processes on a store whether a variant is paused; the latest word holds. */
export async function sharePause(shared: SharedState, pause: Pause): Promise<void> {
  const { experiment, salt, variant, isPaused, at, because } = pause;
  const fact: QualityFact = {
    subject: { kind: EXPERIMENT_KIND, id: `${experiment}/${salt}` },
    attribute: 'status',
    key: variant,
    value: isPaused ? PAUSED : 'RUNNING',
    at,
    observedAt: at,
    source: 'poll',
    reason: because,
  };
  await shared.keepFacts([fact]);
}

/** The latest word on every variant that was ever paused. */
export async function readPauses(shared: SharedState): Promise<readonly Pause[]> {
  return toPauses(await shared.facts());
}

/** The pauses among all facts. */
export function toPauses(facts: readonly QualityFact[]): readonly Pause[] {
  const own = facts.filter((fact) => !isAboutBusiness(fact) && fact.attribute === 'status');
  return own.map(toPause);
}

function toPause({ subject, key = '', value, at, reason = '' }: QualityFact): Pause {
  const [experiment = '', salt = ''] = subject.id.split('/');
  return { experiment, salt, variant: key, isPaused: value === PAUSED, at, because: reason };
}
