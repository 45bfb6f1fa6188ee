import { statSync } from 'node:fs';
import { attempt, systemClock, TurnspanError } from '@turnspan/core';
import { type Journal, type JournalOptions, type StartTimer, systemTimer } from '@turnspan/journal';
import { createPostgresJournal } from '@turnspan/store-postgres';
import { createSqliteJournal } from '@turnspan/store-sqlite';
import { connectPostgres } from '../clients';
import { type Location, parseLocation } from '../locations';
import type { CommandArguments } from './command';
import type { CommandIo } from './command-io';
import { UsageError } from './usage-error';

/** Where a journal can be. */
export type JournalPlace =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string };

/** How a command opens a journal. */
export interface ReadingOptions
  extends Pick<JournalOptions, 'retentionDays' | 'rollupRetentionDays'> {
  readonly now: CommandIo['now'];
}

/** The place that was named, on the command line or in the environment. */
export function journalPlace({ values }: CommandArguments): JournalPlace {
  const { journal } = values;
  if (journal !== undefined) return parsePlace(journal);
  throw new UsageError('Say where the journal is: --journal FILE, or TURNSPAN_JOURNAL.');
}

/** Reads the path of a file or a URL, which no message shows. */
export function parsePlace(text: string): JournalPlace {
  const location = attempt<Location | undefined>(
    () => parseLocation('journal', text),
    () => undefined,
  );
  if (location?.kind === 'file') return location;
  if (location?.kind === 'postgres') return { kind: 'postgres', url: location.url };
  throw new UsageError('--journal takes the path of a file or a URL that begins with postgres://.');
}

/** The place as it may be shown: a URL without user, password and parameters. */
export function showPlace(place: JournalPlace): string {
  if (place.kind === 'file') return place.file;
  const { protocol, host, pathname } = new URL(place.url);
  return `${protocol}//${host}${pathname}`;
}

/**
 * Reads a journal that exists; no file is made. Nothing is deleted unless that is asked for, however
 * long the bot keeps its history.
 */
export async function readJournal<T>(
  place: JournalPlace,
  options: ReadingOptions,
  read: (journal: Journal) => Promise<T>,
): Promise<T> {
  const { journal, end } = open(place, options);
  try {
    return await read(journal);
  } finally {
    await journal.close();
    await end();
  }
}

const HOUR_MS = 3_600_000;

/** A command waits for answers, and never for the hours after which a bot forgets. */
const startShortTimer: StartTimer = (wake, afterMs) =>
  afterMs < HOUR_MS ? systemTimer(wake, afterMs) : ignore;

function open(place: JournalPlace, { now, ...retention }: ReadingOptions) {
  const options = {
    ...retention,
    clock: { ...systemClock, now },
    onError: ignore,
    startTimer: startShortTimer,
  };
  if (place.kind === 'postgres') {
    const { client, end } = connectPostgres(place.url, ignore);
    return { journal: createPostgresJournal({ pool: client, ...options }), end };
  }
  const { file } = place;
  if (isFile(file)) {
    return { journal: createSqliteJournal({ file, ...options }), end: async () => undefined };
  }
  const detail = `There is no journal ${file}. The bot makes it, with the option \`journal\`.`;
  throw new TurnspanError('STORE_UNAVAILABLE', { detail });
}

function isFile(file: string): boolean {
  return (
    attempt(
      () => statSync(file).isFile(),
      () => undefined,
    ) === true
  );
}

function ignore(): void {}
