import type { JournalRow, RowTable } from '@turnspan/journal';
import { type Command, type CommandArguments, JOURNAL_OPTION } from './command';
import type { CommandIo } from './command-io';
import { formatTime } from './format-time';
import { journalPlace, readJournal, showPlace } from './open-journal';

const STEPS: RowTable = 'turnspan_migrations';

/** Far more steps than a journal ever takes. */
const ALL_STEPS = 10_000;

/** Brings the schema up to date, which every opening does. */
export const journalMigrate: Command = {
  name: 'journal migrate',
  summary: 'Brings the journal up to what this Turnspan knows',
  notes: [
    'The bot does so by itself when it starts. Run this before, where the change is',
    'not to happen then. In Postgres the tables are made where there are none.',
  ],
  options: [JOURNAL_OPTION],
  run,
};

async function run(args: CommandArguments, io: CommandIo): Promise<number> {
  const place = journalPlace(args);
  const steps = await readJournal(place, io, async (journal) => {
    await journal.flush();
    return journal.rows(STEPS, { limit: ALL_STEPS, order: 'key' });
  });
  const { version, at } = toStep(steps.at(-1));
  const name = showPlace(place);
  const text = args.json
    ? JSON.stringify({ at: io.now(), journal: name, version, since: at }, undefined, 2)
    : `${name} is up to date: its schema has version ${version}, since ${formatTime(at)} UTC.`;
  io.stdout.write(`${text}\n`);
  return 0;
}

function toStep(row: JournalRow = {}): { readonly version: number; readonly at: number } {
  return { version: Number(row.version ?? 0), at: Number(row.at ?? 0) };
}
