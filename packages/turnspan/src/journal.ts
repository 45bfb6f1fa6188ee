import { type Clock, type OnError, TurnspanError } from '@turnspan/core';
import type { Journal } from '@turnspan/journal';
import { createPostgresJournal } from '@turnspan/store-postgres';
import { createSqliteJournal } from '@turnspan/store-sqlite';
import { connectPostgres } from './clients';
import { type Location, parseLocation } from './locations';
import type { JournalOptions } from './options';
import { watchFile } from './watch-file';

/** A journal, and what lets go of it. */
export interface OpenJournal {
  /** Undefined where no history is kept. */
  readonly journal: Journal | undefined;
  /** Looks whether it is still the one that was opened. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** What {@link openJournal} needs. */
export interface JournalSetup
  extends Pick<JournalOptions, 'retentionDays' | 'rollupRetentionDays'> {
  readonly clock: Clock;
  readonly onError: OnError;
}

const nothing = async () => undefined;
const NONE: OpenJournal = { journal: undefined, check: nothing, close: nothing };

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
      const { file } = location;
      const journal = createSqliteJournal({ file, ...setup });
      const check = watchFile({ name: 'journal', file, onError: setup.onError });
      return { journal, check, close: () => journal.close() };
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
  return { journal, check: nothing, close: () => journal.close().then(end) };
}
