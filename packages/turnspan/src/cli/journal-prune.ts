import { JOURNAL_DEFAULTS } from '@turnspan/journal';
import { type Command, type CommandArguments, JOURNAL_OPTION } from './command';
import type { CommandIo } from './command-io';
import { formatTime } from './format-time';
import { journalPlace, readJournal, showPlace } from './open-journal';
import { parseTime } from './parse-time';
import { UsageError } from './usage-error';

const DAY_MS = 86_400_000;
const DEFAULT_AGE = `${JOURNAL_DEFAULTS.retentionDays}d`;

/** Deletes what is old now, as the bot does by and by. */
export const journalPrune: Command = {
  name: 'journal prune',
  summary: 'Deletes what is older than 90 days, or as old as you say',
  notes: [
    'The latest state of quality stays, and so do the sums of each hour for 800 days',
    'or as long as what they count.',
  ],
  options: [
    JOURNAL_OPTION,
    { name: 'older-than', value: 'TIME', meaning: `12h, 30d, 4w or a date; else ${DEFAULT_AGE}` },
  ],
  run,
};

async function run(args: CommandArguments, io: CommandIo): Promise<number> {
  const place = journalPlace(args);
  const now = io.now();
  const before = parseTime('older-than', args.values['older-than'] ?? DEFAULT_AGE, now);
  if (before >= now) throw new UsageError('--older-than takes a time that is over.');
  const retentionDays = (now - before) / DAY_MS;
  const rollupRetentionDays = Math.max(retentionDays, JOURNAL_DEFAULTS.rollupRetentionDays);
  const options = { now: io.now, retentionDays, rollupRetentionDays };
  const rows = await readJournal(place, options, (journal) => journal.prune(now));
  const name = showPlace(place);
  const text = args.json
    ? JSON.stringify({ at: now, journal: name, before, rows }, undefined, 2)
    : `Deleted ${rows} ${rows === 1 ? 'row' : 'rows'} from before ${formatTime(before)} UTC in ${name}.`;
  io.stdout.write(`${text}\n`);
  return 0;
}
