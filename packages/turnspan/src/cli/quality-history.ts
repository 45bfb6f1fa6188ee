import { QUALITY_ATTRIBUTES, QUALITY_KINDS, type Timestamp } from '@turnspan/core';
import type { Journal, TimelineEntry, TimelineQuery } from '@turnspan/store-sqlite';
import { type Command, type CommandArguments, JOURNAL_OPTION } from './command';
import type { CommandIo } from './command-io';
import { drawTimeline } from './draw-timeline';
import { journalPlace, readJournal, showPlace } from './open-journal';
import { createPaint } from './paint';
import { parseTime } from './parse-time';
import { UsageError } from './usage-error';

/** Tells how it came to be so. */
export const qualityHistory: Command = {
  name: 'quality history',
  summary: 'Shows each change of rating, status and limit, and the gaps',
  notes: ['Without --phone, --template or --account it shows all that the journal knows.'],
  options: [
    JOURNAL_OPTION,
    { name: 'phone', value: 'ID', meaning: 'only this number, by its phone number id' },
    { name: 'template', value: 'NAME', meaning: 'only this template, in all its languages' },
    { name: 'account', value: 'ID', meaning: 'only this WhatsApp Business Account' },
    { name: 'attribute', value: 'NAME', meaning: `only ${listAttributes()}` },
    { name: 'since', value: 'TIME', meaning: 'from then on: 12h, 30d or 4w ago, or a date' },
    { name: 'until', value: 'TIME', meaning: 'up to then' },
  ],
  exclusive: ['phone', 'template', 'account'],
  run,
};

async function run(args: CommandArguments, io: CommandIo): Promise<number> {
  const place = journalPlace(args);
  const now = io.now();
  const queries = toQueries(args, now);
  const entries = await readJournal(place, io, (journal) => readAll(journal, queries));
  const text = args.json
    ? JSON.stringify({ at: now, journal: showPlace(place), entries }, undefined, 2)
    : drawTimeline(entries, { now, paint: createPaint(io) });
  io.stdout.write(`${text}\n`);
  return 0;
}

async function readAll(
  journal: Journal,
  queries: readonly TimelineQuery[],
): Promise<readonly TimelineEntry[]> {
  const timelines: TimelineEntry[] = [];
  for (const query of queries) timelines.push(...(await journal.timeline(query)));
  return timelines;
}

/** One query for each kind of subject that is asked for. */
function toQueries({ values }: CommandArguments, now: Timestamp): readonly TimelineQuery[] {
  const { phone, template, account, since, until } = values;
  const attribute = findAttribute(values.attribute);
  const about = {
    ...(attribute && { attribute }),
    ...(since !== undefined && { since: parseTime('since', since, now) }),
    ...(until !== undefined && { until: parseTime('until', until, now) }),
  };
  if (phone !== undefined) return [{ kind: 'phone', id: phone, ...about }];
  if (template !== undefined) return [{ kind: 'template', name: template, ...about }];
  if (account !== undefined) return [{ kind: 'account', id: account, ...about }];
  return QUALITY_KINDS.map((kind) => ({ kind, ...about }));
}

function findAttribute(name: string | undefined): TimelineQuery['attribute'] {
  const found = QUALITY_ATTRIBUTES.find((attribute) => attribute === name);
  if (found !== undefined || name === undefined) return found;
  throw new UsageError(`--attribute takes one of ${QUALITY_ATTRIBUTES.join(', ')}.`);
}

/** Four in a line, so that the help text fits. */
function listAttributes(): string {
  return QUALITY_ATTRIBUTES.map((name, index) =>
    index % 4 === 0 && index > 0 ? `\n${name}` : name,
  )
    .join(', ')
    .replaceAll(', \n', ',\n');
}
