import type { Journal } from '@turnspan/journal';
import type { CommandArguments } from '../command';
import type { CommandIo } from '../command-io';
import { type JournalPlace, journalPlace, readJournal } from '../open-journal';
import { withProgress } from '../report/reading-progress';
import { UsageError } from '../usage-error';
import { findLatest, type KnownExperiment, toKnownExperiments } from './known-experiments';
import { storePlace, useShared } from './open-shared';

/** What a command does with the experiments that are known. */
export interface KnownReading {
  readonly journal: Journal;
  readonly experiments: readonly KnownExperiment[];
  readonly onProgress: (done: number) => void;
}

/** Reads which experiments there are, from the store and the journal, and hands them on. */
export async function readKnown<T>(
  args: CommandArguments,
  io: CommandIo,
  read: (known: KnownReading) => Promise<T>,
): Promise<{ readonly place: JournalPlace; readonly found: T }> {
  const place = journalPlace(args);
  const facts = await useShared(storePlace(args), io, (shared) => shared.facts());
  const found = await readJournal(place, io, async (journal) => {
    const shown = await journal.shownVariants();
    const experiments = toKnownExperiments({ shown, facts });
    return await withProgress(io.stderr, (onProgress) =>
      read({ journal, experiments, onProgress }),
    );
  });
  return { place, found };
}

/** The run of an experiment that is meant; a name that nobody knows is refused. */
export function chooseExperiment(
  experiments: readonly KnownExperiment[],
  name: string,
): KnownExperiment {
  const found = findLatest(experiments, name);
  if (found) return found;
  const names = [...new Set(experiments.map((each) => each.name))];
  const advice = names.length > 0 ? `There are ${names.join(', ')}.` : 'There is none yet.';
  throw new UsageError(`Nobody declared or saw an experiment ${name}. ${advice}`);
}
