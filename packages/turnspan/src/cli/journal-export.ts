import type { RowTable } from '@turnspan/journal';
import { type Command, type CommandArguments, JOURNAL_OPTION } from './command';
import type { CommandIo } from './command-io';
import { findFormat, findTable, TABLES } from './export/formats';
import { createTarget, resumeTarget, type Target, toTarget } from './export/open-target';
import { createProgress } from './export/progress';
import type { RowFormat } from './export/row-format';
import { writeRows } from './export/write-rows';
import { journalPlace, readJournal, showPlace } from './open-journal';
import { parseTime } from './parse-time';
import { UsageError } from './usage-error';

/** Writes what happened for other tools. */
export const journalExport: Command = {
  name: 'journal export',
  summary: 'Writes what happened for other tools: CSV, JSON lines, XES',
  notes: [
    'Rows are ordered by time, in XES by journey. Times are milliseconds since 1970.',
    'The file is for its owner only; people are keyed hashes in it.',
  ],
  options: [
    JOURNAL_OPTION,
    { name: 'out', value: 'FILE', meaning: 'a new file, or - for stdout' },
    { name: 'format', value: 'NAME', meaning: 'csv, jsonl, or xes for process mining' },
    { name: 'table', value: 'NAME', meaning: `visits if it is not given, or\n${listTables()}` },
    { name: 'since', value: 'TIME', meaning: 'from then on: 12h, 30d or 4w ago, or a date' },
    { name: 'until', value: 'TIME', meaning: 'up to then, else up to now' },
    { name: 'resume', meaning: 'go on after the last row of FILE; not in XES' },
  ],
  run,
};

/** What was asked for. */
interface Wish {
  readonly out: string;
  readonly table: RowTable;
  readonly format: RowFormat;
  readonly isResumed: boolean;
  readonly since: number | undefined;
  readonly until: number;
}

async function run(args: CommandArguments, io: CommandIo): Promise<number> {
  const place = journalPlace(args);
  const wish = readWish(args, io.now());
  const rows = await readJournal(place, io, (journal) =>
    withTarget(wish, io, (target) => {
      const progress = createProgress(showsBar(wish, io) ? io.stderr : { write: () => undefined });
      return writeRows(journal, { ...wish, target, progress }).finally(() => progress.clear());
    }),
  );
  const { out, table, since, until, isResumed } = wish;
  const { format } = args.values;
  const done = { journal: showPlace(place), out, table, format, since, until };
  const words = `Wrote ${rows} ${rows === 1 ? 'row' : 'rows'} of ${table} to ${out === '-' ? 'stdout' : out}.`;
  const text = args.json
    ? JSON.stringify({ at: io.now(), ...done, resumed: isResumed, rows }, undefined, 2)
    : words;
  (out === '-' ? io.stderr : io.stdout).write(`${text}\n`);
  return 0;
}

function readWish({ values }: CommandArguments, now: number): Wish {
  const { out, since, until } = values;
  if (out === undefined) throw new UsageError('Say where to: --out FILE, or --out - for stdout.');
  const table = findTable(values.table);
  const format = findFormat(values.format, table);
  const isResumed = values.resume !== undefined;
  if (isResumed && out === '-') throw new UsageError('--resume takes a file: --out FILE.');
  if (isResumed && !format.reading) {
    throw new UsageError('XES cannot be resumed; write it anew, to another file.');
  }
  const sinceMs = since === undefined ? undefined : parseTime('since', since, now);
  const untilMs = until === undefined ? now : parseTime('until', until, now);
  return { out, table, format, isResumed, since: sinceMs, until: untilMs };
}

async function withTarget(
  { out, format, isResumed }: Wish,
  { stdout }: CommandIo,
  write: (target: Target) => Promise<number>,
): Promise<number> {
  if (out === '-') return write(toTarget(stdout));
  const target = await (isResumed ? resumeTarget : createTarget)(out, format);
  try {
    return await write(target);
  } finally {
    await target.close();
  }
}

/** Two things in one terminal would be in each other's way. */
function showsBar({ out }: Wish, { stdout }: CommandIo): boolean {
  return out !== '-' || stdout.isTTY !== true;
}

/** Three in a line, so that the help text fits. */
function listTables(): string {
  const [, ...others] = TABLES;
  return others
    .map((name, index) => (index % 3 === 0 && index > 0 ? `\n${name}` : name))
    .join(', ')
    .replaceAll(', \n', ',\n');
}
