import { createReport, type Report, type ReportQuery, readRows } from '@turnspan/insights';
import type { Journal } from '@turnspan/journal';
import { type Command, type CommandArguments, JOURNAL_OPTION } from '../command';
import type { CommandIo } from '../command-io';
import { journalPlace, readJournal, showPlace } from '../open-journal';
import { drawJourneyReport } from './draw-report';
import { checkFlow, FLOW_OPTION, readPeriod } from './read-query';
import { withProgress } from './reading-progress';
import { sayNothingThere } from './say-nothing-there';
import { createStyle } from './style';

/** Tells where the journey breaks. */
export const report: Command = {
  name: 'report',
  summary: 'Shows where people leave, and what to mend first',
  notes: [
    'It tells the worst thing in one sentence, then drop-off, confusion, circles,',
    'completion, ways, response times and quality. Numbers come with 95 % intervals.',
  ],
  options: [
    JOURNAL_OPTION,
    {
      name: 'since',
      value: 'TIME',
      meaning: 'from then on, 7d if it is not given: 12h, 30d\nor 4w ago, or a date',
    },
    { name: 'until', value: 'TIME', meaning: 'up to then, else up to now' },
    FLOW_OPTION,
  ],
  run,
};

async function run(args: CommandArguments, io: CommandIo): Promise<number> {
  const place = journalPlace(args);
  const query = { ...readPeriod(args, io, '7d'), flow: args.values.flow };
  const read = (journal: Journal) => readReport(journal, query, io);
  const { report: found, nothing } = await readJournal(place, io, read);
  if (found === undefined) {
    io.stderr.write(`turnspan: ${nothing}\n`);
    return 1;
  }
  const text = args.json
    ? JSON.stringify({ at: io.now(), journal: showPlace(place), ...found }, undefined, 2)
    : drawJourneyReport(found, createStyle(io));
  io.stdout.write(`${text}\n`);
  return 0;
}

interface Read {
  readonly report: Report | undefined;
  readonly nothing: string;
}

async function readReport(
  journal: Journal,
  query: ReportQuery,
  { stderr }: Pick<CommandIo, 'stderr'>,
): Promise<Read> {
  const rows = await withProgress(stderr, (onProgress) => readRows(journal, query, { onProgress }));
  checkFlow(query.flow, [...new Set(rows.journeys.map(({ flow }) => flow))].sort());
  const found = createReport(rows, query);
  if (found.visits > 0) return { report: found, nothing: '' };
  return { report: undefined, nothing: await sayNothingThere(journal, query) };
}
