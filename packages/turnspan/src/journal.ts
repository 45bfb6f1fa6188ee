import { type Clock, type OnError, TurnspanError } from '@turnspan/core';
import type { Journal } from '@turnspan/journal';
import { createPostgresJournal } from '@turnspan/store-postgres';
import { createSqliteJournal } from '@turnspan/store-sqlite';
import { connectPostgres } from './clients';
import { type Location, parseLocation } from './locations';
import type { JournalOptions } from './options';

/** A journal, and what lets go of it. */
export interface OpenJournal {
  /** Undefined where no history is kept. */
  readonly journal: Journal | undefined;
  close(): Promise<void>;
}

/** What {@link openJournal} needs. */
export interface JournalSetup extends Pick<JournalOptions, 'retentionDays'> {
  readonly clock: Clock;
  readonly onError: OnError;
}

const NONE: OpenJournal = { journal: undefined, close: async () => undefined };

/**
 * Opens the journal that is named by the path of a file or a URL. One that cannot be had is
 * reported, and the bot goes on without a history; only a wrong option throws.
 */
export function openJournal(at: string | undefined, setup: JournalSetup): OpenJournal {
  if (at === undefined) return NONE;
  const location = parseLocation('journal', at);
  try {
    return openLocation(location, setup);
  } catch (error) {
    if (error instanceof TurnspanError && error.code === 'OPTION_INVALID') throw error;
    setup.onError(error);
    return NONE;
  }
}

function openLocation(location: Location, setup: JournalSetup): OpenJournal {
  switch (location.kind) {
    case 'memory':
      return NONE;
    case 'file': {
      const journal = createSqliteJournal({ file: location.file, ...setup });
      return { journal, close: () => journal.close() };
    }
    case 'redis': {
      const detail =
        'Expected `journal` to be the path of a file or a postgres:// URL; Redis keeps no history.';
      throw new TurnspanError('OPTION_INVALID', { detail });
    }
    case 'postgres':
      return openPostgres(location.url, setup);
  }
}

/** The connections are ours, so they end with the journal. */
function openPostgres(url: string, setup: JournalSetup): OpenJournal {
  const { client, end } = connectPostgres(url, setup.onError);
  const journal = createPostgresJournal({ pool: client, ...setup });
  return { journal, close: () => journal.close().then(end) };
}
