import { accessSync, constants, type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { attempt } from '@turnspan/core';
import { STALE_AFTER_MS } from '../draw-report';
import { formatDuration } from '../format-time';
import { type JournalPlace, parsePlace, readJournal } from '../open-journal';
import { type Check, type Finding, named, ok, type Patient, skipped, wrong } from './check';

/** What others than the owner may do. */
const FOR_OTHERS = 0o077;
const WRITE_FOR_OTHERS = 0o022;
/** In a folder as `/tmp` nobody can replace the files of others. */
const STICKY = 0o1000;

/** The rights that were found. */
export interface JournalRights {
  readonly canWrite: boolean;
  /** Of the folder; undefined where rights are no such numbers. */
  readonly folderMode: number | undefined;
  /** Of the file; the same. */
  readonly fileMode: number | undefined;
}

/** Looks at the journal: whether the bot can write it, who can read it, and how old it is. */
export async function checkJournal({ values, io }: Patient): Promise<readonly Check[]> {
  if (values.journal === undefined) {
    const none = skipped('No journal.', 'Give --journal FILE, or set TURNSPAN_JOURNAL.');
    return [named('journal file', none), named('journal age', none)];
  }
  const place = parsePlace(values.journal);
  const age = () => judgeAge(place, io.now);
  if (place.kind === 'postgres') {
    const none = skipped('The journal is in a database.');
    return [named('journal file', none), named('journal age', await age())];
  }
  const { file } = place;
  const stats = stat(file);
  if (!stats?.isFile()) {
    const advice = 'Is the bot running, with the option `journal` and this file?';
    const none = wrong(`There is no journal ${file}.`, advice);
    return [named('journal file', none), named('journal age', skipped('There is no journal.'))];
  }
  const rights = judgeRights(file, readRights(file, stats));
  return [named('journal file', rights), named('journal age', await age())];
}

/** Says what the rights mean. */
export function judgeRights(
  file: string,
  { canWrite, folderMode = 0, fileMode = 0 }: JournalRights,
): Finding {
  const folder = dirname(resolve(file));
  if (!canWrite) {
    const advice = 'Run this as the user of the bot; that user has to own file and folder.';
    return wrong(`${file} and its folder cannot be written.`, advice);
  }
  if ((fileMode & FOR_OTHERS) !== 0) {
    return wrong(`Others may read or write ${file}.`, `chmod 600 ${file}`);
  }
  if ((folderMode & WRITE_FOR_OTHERS) !== 0 && (folderMode & STICKY) === 0) {
    return wrong(`Others may replace files in ${folder}.`, `chmod 700 ${folder}`);
  }
  return ok(`${file} can be written, by its owner only.`);
}

function readRights(file: string, stats: Stats): JournalRights {
  const folder = dirname(resolve(file));
  const hasModes = process.platform !== 'win32';
  return {
    canWrite: mayWrite(file) && mayWrite(folder),
    fileMode: hasModes ? stats.mode : undefined,
    folderMode: hasModes ? stat(folder)?.mode : undefined,
  };
}

function stat(path: string): Stats | undefined {
  return attempt(() => statSync(path), ignore);
}

function mayWrite(path: string): boolean {
  const run = () => {
    accessSync(path, constants.W_OK);
    return true;
  };
  return attempt(run, ignore) ?? false;
}

const ignore = () => undefined;

async function judgeAge(place: JournalPlace, now: () => number): Promise<Finding> {
  const advice = 'Is the bot running, with whatsapp.accessToken and whatsapp.businessAccountId?';
  try {
    const facts = await readJournal(place, { now }, (journal) => journal.facts());
    if (facts.length === 0) return wrong('It knows nothing of quality yet.', advice);
    const age = now() - Math.max(...facts.map(({ observedAt }) => observedAt));
    const found = `Quality was last looked at ${formatDuration(age)} ago.`;
    return age > STALE_AFTER_MS ? wrong(found, advice) : ok(found);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    const isFile = place.kind === 'file';
    return wrong(
      found,
      isFile ? 'Move the file away: the bot makes a new one.' : 'Can this machine reach it?',
    );
  }
}
