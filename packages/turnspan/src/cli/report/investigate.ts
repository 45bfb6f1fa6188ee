import type { Timestamp } from '@turnspan/core';
import {
  type Answer,
  findNegativeChanges,
  type Investigation,
  investigate as investigateRows,
  readEvidence,
} from '@turnspan/insights';
import type { Journal, QualityChangeRow } from '@turnspan/journal';
import { type Command, type CommandArguments, JOURNAL_OPTION } from '../command';
import type { CommandIo } from '../command-io';
import { journalPlace, readJournal, showPlace } from '../open-journal';
import { parseTime } from '../parse-time';
import { drawInvestigation } from './draw-investigation';
import { listInvestigations } from './list-investigations';
import { withProgress } from './reading-progress';
import { createStyle } from './style';

/** Tells what moved before a moment. */
export const investigate: Command = {
  name: 'investigate',
  summary: 'Shows what got worse before the rating fell',
  notes: [
    'Without --at it looks at the latest change for the worse that the journal knows,',
    'and where there is none, at now.',
  ],
  options: [
    JOURNAL_OPTION,
    { name: 'at', value: 'TIME', meaning: 'the moment: 12h or 3d ago, or a date with a time' },
    { name: 'list', meaning: 'what the bot looked into by itself, the latest first' },
  ],
  exclusive: ['at', 'list'],
  run,
};

const DAY_MS = 86_400_000;
/** How far back a change for the worse is looked for. */
const LOOK_BACK_MS = 90 * DAY_MS;

/** What was found out, and about what. */
export interface Inquiry {
  readonly at: Timestamp;
  /** The change that it is about; undefined where somebody named the moment, or nothing changed. */
  readonly change: QualityChangeRow | undefined;
  readonly answer: Answer<Investigation>;
}

async function run(args: CommandArguments, io: CommandIo): Promise<number> {
  if (args.values.list !== undefined) return listInvestigations(args, io);
  const place = journalPlace(args);
  const wanted = args.values.at;
  const now = io.now();
  const at = wanted === undefined ? undefined : parseTime('at', wanted, now);
  const inquiry = await readJournal(place, io, (journal) =>
    withProgress(io.stderr, (onProgress) => inquire(journal, { at, now, onProgress })),
  );
  const text = args.json
    ? JSON.stringify({ now, journal: showPlace(place), ...inquiry }, undefined, 2)
    : drawInvestigation(inquiry, createStyle(io));
  io.stdout.write(`${text}\n`);
  return inquiry.answer.kind === 'found' ? 0 : 1;
}

interface Moment {
  readonly at: Timestamp | undefined;
  readonly now: Timestamp;
  readonly onProgress: (done: number) => void;
}

async function inquire(journal: Journal, { at, now, onProgress }: Moment): Promise<Inquiry> {
  const change = at === undefined ? await findLatestChange(journal, now) : undefined;
  const moment = at ?? change?.at ?? now;
  const evidence = await readEvidence(journal, moment, { onProgress });
  return { at: moment, change, answer: investigateRows(evidence, moment) };
}

async function findLatestChange(
  journal: Journal,
  now: Timestamp,
): Promise<QualityChangeRow | undefined> {
  const query = { since: now - LOOK_BACK_MS, until: now, limit: 10_000 };
  const rows = await journal.rows('quality_changes', query);
  // The columns are those of this very table.
  return findNegativeChanges(rows as unknown as readonly QualityChangeRow[]).at(-1);
}
