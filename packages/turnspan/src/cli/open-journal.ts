import { statSync } from 'node:fs';
import { attempt, systemClock, TurnspanError } from '@turnspan/core';
import { createSqliteJournal, type Journal } from '@turnspan/store-sqlite';
import type { CommandArguments } from './command';
import type { CommandIo } from './command-io';
import { UsageError } from './usage-error';

/** The file that was named, on the command line or in the environment. */
export function journalFile({ values }: CommandArguments): string {
  const { journal } = values;
  if (journal !== undefined) return journal;
  throw new UsageError('Say where the journal is: --journal FILE, or TURNSPAN_JOURNAL.');
}

/**
 * Reads a journal that exists; none is made. Nothing is deleted, however long the bot keeps its
 * history: no timer runs here.
 */
export async function readJournal<T>(
  file: string,
  { now }: Pick<CommandIo, 'now'>,
  read: (journal: Journal) => Promise<T>,
): Promise<T> {
  if (!isFile(file)) {
    const detail = `There is no journal ${file}. The bot makes it, with the option \`journal\`.`;
    throw new TurnspanError('STORE_UNAVAILABLE', { detail });
  }
  const journal = createSqliteJournal({
    file,
    clock: { ...systemClock, now },
    onError: () => undefined,
    startTimer: () => () => undefined,
  });
  try {
    return await read(journal);
  } finally {
    await journal.close();
  }
}

function isFile(file: string): boolean {
  return (
    attempt(
      () => statSync(file).isFile(),
      () => undefined,
    ) === true
  );
}
