import type { Clock, OnError } from '@turnspan/core';
import { createSqliteJournal, type Journal } from '@turnspan/store-sqlite';
import type { JournalOptions } from './options';

/**
 * Opens the journal. A file that cannot be had is reported, and the bot goes on without a history;
 * only a wrong option throws.
 */
export function openJournal(
  options: JournalOptions | undefined,
  { clock, onError }: { readonly clock: Clock; readonly onError: OnError },
): Journal | undefined {
  if (options === undefined) return undefined;
  try {
    return createSqliteJournal({ ...options, clock, onError });
  } catch (error) {
    onError(error);
    return undefined;
  }
}
