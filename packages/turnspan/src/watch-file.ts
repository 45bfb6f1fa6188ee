import { type Stats, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { attempt, type OnError, TurnspanError } from '@turnspan/core';

/** A file that a database has open. */
export interface WatchedFile {
  /** What the file is, in errors. */
  readonly name: 'journal' | 'store';
  readonly file: string;
  readonly onError: OnError;
}

const IN_MEMORY = ':memory:';
/** A database is whole pages, of which this is the smallest. */
const PAGE_BYTES = 512;

/**
 * Gives a function that looks whether something else has deleted, replaced or cut an open database
 * file, and reports that each time. The database would not notice: it goes on in the file that
 * nobody sees any more. Nothing is opened, as closing it again would undo the locks of the database.
 */
export function watchFile({ name, file, onError }: WatchedFile): () => Promise<void> {
  if (file === IN_MEMORY) return async () => undefined;
  const opened = attempt(() => statSync(file), onError);
  return async () => {
    const harm = await stat(file).then(
      (found) => findHarm(opened, found),
      (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? 'deleted' : undefined),
    );
    if (harm !== undefined) onError(harmed(`The ${name} ${file} was ${harm}`));
  };
}

function findHarm(opened: Stats | undefined, found: Stats): string | undefined {
  if (opened && (opened.ino !== found.ino || opened.dev !== found.dev)) return 'replaced';
  return found.size === 0 || found.size % PAGE_BYTES !== 0 ? 'overwritten' : undefined;
}

function harmed(what: string): TurnspanError {
  const detail = `${what} by something else while it was open, and what is written now may be lost. Keep others away from it, put back a copy if there is one, and restart the bot.`;
  return new TurnspanError('STORE_UNAVAILABLE', { detail });
}
