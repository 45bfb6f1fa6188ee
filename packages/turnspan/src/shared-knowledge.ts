import type { Observer, OnError, QualityFact, SharedState } from '@turnspan/core';
import type { Journal, Lease } from '@turnspan/journal';
import { isAboutBusiness } from './experiments/shared-pauses';

/** What processes tell each other of the quality of the business. */
export interface SharedKnowledge {
  /** The latest fact of each subject, attribute and key, whoever found it. */
  facts(): Promise<readonly QualityFact[]>;
  /** Notes that facts were seen to be so. */
  observed(facts: readonly QualityFact[]): Promise<void>;
  /** Lets one process of several poll. */
  readonly lease: Lease;
  /** Tells the others what changed. */
  readonly observe: Observer;
}

/** Shares through the store where there is one, and the journal keeps the history; undefined where there is neither. */
export function shareKnowledge(
  shared: SharedState | undefined,
  journal: Journal | undefined,
  onError: OnError,
): SharedKnowledge | undefined {
  if (!shared) return journal && { ...bindJournal(journal), observe: () => undefined };
  return {
    facts: async () => {
      const [before, now] = await Promise.all([journal?.facts() ?? [], shared.facts()]);
      return [...before, ...now.filter(isAboutBusiness)];
    },
    observed: async (facts) => {
      await Promise.all([journal?.observed(facts), shared.keepFacts(facts)]);
    },
    lease: { acquire: (name, ttlMs) => shared.acquire(name, ttlMs) },
    observe: (event) => {
      if (event.kind !== 'quality_changed') return;
      const { from: _, ...fact } = event.change;
      shared.keepFacts([fact]).catch(onError);
    },
  };
}

function bindJournal(journal: Journal): Pick<SharedKnowledge, 'facts' | 'observed' | 'lease'> {
  return {
    facts: () => journal.facts(),
    observed: (facts) => journal.observed(facts),
    lease: journal.lease,
  };
}
