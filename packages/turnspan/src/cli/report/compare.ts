import {
  type ComparisonQuery,
  type ComparisonReport,
  compareReports,
  type ReportPeriod,
  readComparisonRows,
} from '@turnspan/insights';
import type { Journal } from '@turnspan/journal';
import { type Command, type CommandArguments, JOURNAL_OPTION } from '../command';
import type { CommandIo } from '../command-io';
import { journalPlace, readJournal, showPlace } from '../open-journal';
import { parseTime } from '../parse-time';
import { UsageError } from '../usage-error';
import { drawComparison } from './draw-comparison';
import { checkFlow, FLOW_OPTION, readPeriod } from './read-query';
import { createStyle } from './style';

/** Tells what differs between two periods, or two versions of a flow. */
export const compare: Command = {
  name: 'compare',
  summary: 'Shows what differs between two periods, or two versions',
  operands: ['A', 'B'],
  notes: [
    'A and B are periods of whole days, as 2026-01-01..2026-01-07, or versions of the',
    'flow that is named. What differs is observed: nobody was drawn by lot.',
  ],
  options: [
    JOURNAL_OPTION,
    { ...FLOW_OPTION, meaning: 'only this flow; versions are those of a flow' },
    {
      name: 'since',
      value: 'TIME',
      meaning: 'of versions: journeys from then on, else from 90d ago',
    },
    { name: 'until', value: 'TIME', meaning: 'of versions: up to then, else up to now' },
  ],
  run,
};

async function run(args: CommandArguments, io: CommandIo): Promise<number> {
  const place = journalPlace(args);
  const query = readQuery(args, io);
  const comparison = await readJournal(place, io, (journal) => readComparison(journal, query));
  const text = args.json
    ? JSON.stringify({ at: io.now(), journal: showPlace(place), ...comparison }, undefined, 2)
    : drawComparison(comparison, createStyle(io));
  io.stdout.write(`${text}\n`);
  const isFound = comparison.flows.some(({ completed }) => completed.kind === 'found');
  return isFound ? 0 : 1;
}

async function readComparison(journal: Journal, query: ComparisonQuery): Promise<ComparisonReport> {
  const rows = await readComparisonRows(journal, query);
  checkFlow(query.flow, [...new Set(rows.journeys.map(({ flow }) => flow))].sort());
  if (query.kind === 'versions') {
    const own = rows.journeys.filter(({ flow }) => flow === query.flow);
    const known = [...new Set(own.map(({ version }) => version))].sort();
    for (const version of [query.before, query.after]) {
      if (known.includes(version)) continue;
      throw new UsageError(
        `Nobody was in version ${version} of ${query.flow}, but in ${known.join(', ')}.`,
      );
    }
  }
  return compareReports(rows, query);
}

function readQuery(args: CommandArguments, io: CommandIo): ComparisonQuery {
  const [a = '', b = ''] = args.operands;
  const { flow } = args.values;
  const [before, after] = [readDays(a, io), readDays(b, io)];
  if (before && after) return { kind: 'periods', before, after, flow };
  if (before || after) throw new UsageError('Give two periods or two versions, not one of each.');
  if (flow === undefined) {
    throw new UsageError(
      'Say two periods, as 2026-01-01..2026-01-07, or versions with --flow NAME.',
    );
  }
  return { kind: 'versions', flow, before: a, after: b, period: readPeriod(args, io, '90d') };
}

const DAY_MS = 86_400_000;

/** Both days are part of a period. */
function readDays(text: string, { now }: CommandIo): ReportPeriod | undefined {
  const [, from, to] = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(text) ?? [];
  if (from === undefined || to === undefined) {
    if (text.includes('..'))
      throw new UsageError('A period is two dates, as 2026-01-01..2026-01-07.');
    return undefined;
  }
  const [since, last] = [parseTime('since', from, now()), parseTime('until', to, now())];
  if (since <= last) return { since, until: last + DAY_MS };
  throw new UsageError(`The period ${text} ends before it begins.`);
}
