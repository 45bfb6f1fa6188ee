import type { QualityFact, QualityKind, SharedState, Timestamp } from '@turnspan/core';

/** Whether a variant of an experiment is paused, since when and why. */
export interface Pause {
  readonly experiment: string;
  readonly salt: string;
  readonly variant: string;
  readonly isPaused: boolean;
  readonly at: Timestamp;
  readonly because: string;
}

/*
 * Of what processes share, only facts can be changed by one and read by another without a trace. A
 * pause is kept as a fact about a subject that no channel has; readers of quality leave it out.
 */
const KIND = 'experiment' as QualityKind;
const PAUSED = 'PAUSED';

/** Whether a fact is about the business: pauses of experiments are kept beside it. */
export function isAboutBusiness({ subject }: QualityFact): boolean {
  return subject.kind !== KIND;
}

/** Tells all processes on a store whether a variant is paused; the latest word holds. */
export async function sharePause(shared: SharedState, pause: Pause): Promise<void> {
  const { experiment, salt, variant, isPaused, at, because } = pause;
  const fact: QualityFact = {
    subject: { kind: KIND, id: `${experiment}/${salt}` },
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
  const facts = await shared.facts();
  return facts.filter((fact) => !isAboutBusiness(fact)).map(toPause);
}

function toPause({ subject, key = '', value, at, reason = '' }: QualityFact): Pause {
  const [experiment = '', salt = ''] = subject.id.split('/');
  return { experiment, salt, variant: key, isPaused: value === PAUSED, at, because: reason };
}
