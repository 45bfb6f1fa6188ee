import { attempt, type OnError } from '@turnspan/core';
import type { MetricSet } from './metric-set';

/** How a journal that is written in the background gets on. */
export interface JournalProgress {
  /** Records that wait to be written. */
  readonly queued: number;
  /** Records that are lost. */
  readonly dropped: number;
}

/** Makes the metrics of the journal read it whenever they are scraped. */
export function collectJournal(
  metrics: MetricSet,
  { journal, onError }: { readonly journal: () => JournalProgress; readonly onError: OnError },
): void {
  metrics.turnspan_journal_queue.collect = () =>
    attempt(() => {
      metrics.turnspan_journal_queue.set(journal().queued);
      return true;
    }, onError) ?? false;
  metrics.turnspan_journal_dropped_total.collect = () =>
    attempt(() => metrics.turnspan_journal_dropped_total.raiseTo(journal().dropped), onError);
}
