import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { attempt, type SharedState, systemClock, TurnspanError } from '@turnspan/core';
import { type Location, parseLocation } from '../../locations';
import { openStore } from '../../open-store';
import type { CommandArguments, CommandOption } from '../command';
import type { CommandIo } from '../command-io';
import { journalPlace, showPlace } from '../open-journal';
import { UsageError } from '../usage-error';

/** Where the store of the bot is, for every command about experiments. */
export const STORE_OPTION: CommandOption = {
  name: 'store',
  value: 'PLACE',
  env: 'TURNSPAN_STORE',
  meaning:
    'the store of the bot: a file, or its redis:// or postgres://\nURL; else store.sqlite beside the journal',
};

/** Where a store can be that processes share. */
type StorePlace = Exclude<Location, { readonly kind: 'memory' }>;

/** The place that was named, or the store that the bot keeps beside its journal. */
export function storePlace(args: CommandArguments): StorePlace {
  const place = findStorePlace(args);
  if (place) return place;
  throw new UsageError('Say where the store of the bot is: --store PLACE, or TURNSPAN_STORE.');
}

/** The same where a command can do without; undefined where none is named or to be found. */
export function findStorePlace(args: CommandArguments): StorePlace | undefined {
  const { store, journal } = args.values;
  if (store !== undefined) return parsePlace(store);
  const beside = journal === undefined ? undefined : findBeside(args);
  return beside === undefined ? undefined : { kind: 'file', file: beside };
}

/** The place as it may be shown: a URL without user, password and parameters. */
export function showStore(place: StorePlace): string {
  if (place.kind === 'file') return place.file;
  return showPlace({ kind: 'postgres', url: place.url });
}

/** Opens a store that exists, and closes it afterwards; rejects if it cannot be had. */
export async function useShared<T>(
  place: StorePlace,
  { now }: Pick<CommandIo, 'now'>,
  use: (shared: SharedState) => Promise<T>,
): Promise<T> {
  if (place.kind === 'file' && !existsSync(place.file)) {
    throw unavailable(
      `There is no store ${place.file}. The bot makes it, with the option \`store\`.`,
    );
  }
  const failures: unknown[] = [];
  const { store, close } = openStore(place.kind === 'file' ? place.file : place.url, {
    clock: { ...systemClock, now },
    onError: (error) => failures.push(error),
  });
  try {
    if (!store?.shared)
      throw failures[0] ?? unavailable('The store has nothing that processes share.');
    return await use(store.shared);
  } finally {
    await close();
  }
}

function parsePlace(text: string): StorePlace {
  const location = attempt<Location | undefined>(
    () => parseLocation('store', text),
    () => undefined,
  );
  if (location && location.kind !== 'memory') return location;
  throw new UsageError(
    '--store takes the path of a file or a URL that begins with redis:// or postgres://.',
  );
}

function findBeside(args: CommandArguments): string | undefined {
  const journal = journalPlace(args);
  if (journal.kind !== 'file') return undefined;
  const file = join(dirname(journal.file), 'store.sqlite');
  return existsSync(file) ? file : undefined;
}

function unavailable(detail: string): TurnspanError {
  return new TurnspanError('STORE_UNAVAILABLE', { detail });
}
