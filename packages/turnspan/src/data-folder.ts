import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OnError, TurnspanError } from '@turnspan/core';

/** Where Turnspan keeps what must survive a restart. */
export interface DataFolder {
  /** The journal of an embedded database. */
  readonly journal: string;
  /** The waiting list of an embedded database. */
  readonly store: string;
  /** What makes hashes of people, the same after every restart. */
  readonly key: string;
}

/**
 * Opens a folder, and makes it with a key of its own where it is missing, for its owner only. One
 * that cannot be written is reported, and nothing is kept.
 */
export function openDataFolder(
  path: string | false,
  { onError }: { readonly onError: OnError },
): DataFolder | undefined {
  if (path === false) return undefined;
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const key = readKey(join(path, 'key'));
    return { journal: join(path, 'journal.sqlite'), store: join(path, 'store.sqlite'), key };
  } catch (cause) {
    onError(toFolderError(path, cause));
    return undefined;
  }
}

/** Of several processes that start at once, the first one's key is everybody's. */
function readKey(file: string): string {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  try {
    linkSync(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(own);
  }
  const key = readFileSync(file, 'utf8').trim();
  if (key !== '') return key;
  throw new TurnspanError('STORE_UNAVAILABLE', { detail: `The key in ${file} is empty.` });
}

function toFolderError(path: string, cause: unknown): TurnspanError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const detail = `The data folder ${path} cannot be used (${why}), so nothing survives a restart. Make it writable for the user of the bot, name another one with the option \`data\` or TURNSPAN_DATA, or turn it off with \`data: false\`.`;
  return new TurnspanError('STORE_UNAVAILABLE', { detail, cause });
}
