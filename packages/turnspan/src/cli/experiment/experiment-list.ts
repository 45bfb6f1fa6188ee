import type { Verdict } from '@turnspan/experiments';
import { writeCount } from '@turnspan/insights';
import { type Command, type CommandArguments, JOURNAL_OPTION } from '../command';
import type { CommandIo } from '../command-io';
import { formatTime } from '../format-time';
import { showPlace } from '../open-journal';
import { drawSection } from '../report/sections';
import { createStyle, type Style } from '../report/style';
import { isJudgeable, judgeKnown } from './judge-known';
import type { KnownExperiment } from './known-experiments';
import { STORE_OPTION } from './open-shared';
import { type KnownReading, readKnown } from './read-known';
import { nameVerdict } from './verdict-words';

/** Tells which experiments there are. */
export const experimentList: Command = {
  name: 'experiment list',
  summary: 'Shows which experiments there are, and how they do',
  notes: [
    'The verdict may be looked at as often as you like. What is `unknown` the store',
    'does not know: without its declaration nothing can be said about it.',
  ],
  options: [JOURNAL_OPTION, STORE_OPTION],
  run,
};

interface Listed extends KnownExperiment {
  /** Undefined where the declaration is not known. */
  readonly verdict: Pick<Verdict, 'kind' | 'variant' | 'sentence'> | undefined;
}

async function run(args: CommandArguments, io: CommandIo): Promise<number> {
  const { place, found } = await readKnown(args, io, list);
  const text = args.json
    ? JSON.stringify(
        { at: io.now(), journal: showPlace(place), experiments: found.map(toJson) },
        undefined,
        2,
      )
    : draw(found, createStyle(io));
  io.stdout.write(`${text}\n`);
  return 0;
}

/** One after the other, as each reads the journeys of its users. */
async function list({
  journal,
  experiments,
  onProgress,
}: KnownReading): Promise<readonly Listed[]> {
  const listed: Listed[] = [];
  for (const experiment of experiments) {
    const judged = isJudgeable(experiment) ? await judgeKnown(journal, experiment) : undefined;
    listed.push({ ...experiment, verdict: judged?.verdict });
    onProgress(listed.length / experiments.length);
  }
  return listed;
}

function toJson({ declaration: _, verdict, ...known }: Listed): object {
  const { kind, variant, sentence } = verdict ?? {};
  return { ...known, verdict: verdict && { kind, variant, sentence } };
}

const COLUMNS = [
  { title: 'experiment', width: 17 },
  { title: 'variants', width: 18 },
  { title: 'users', width: 7 },
  { title: 'state', width: 8 },
  { title: 'since', width: 10 },
  { title: 'verdict', width: 9 },
];

function draw(experiments: readonly Listed[], style: Style): string {
  const rows = experiments.map(({ name, salt, variants, state, since, verdict }) => [
    salt === name ? name : `${name}\n(salt ${salt})`,
    variants.map(({ variant }) => variant).join('\n'),
    variants.map(({ users }) => writeCount(users)).join('\n'),
    state,
    since === undefined ? '–' : formatTime(since).slice(0, 10),
    verdict ? nameVerdict(verdict, state) : '–',
  ]);
  const title = 'Experiments';
  const otherwise = 'Nobody has declared or seen an experiment yet.';
  return drawSection({ title, columns: COLUMNS, rows, otherwise }, style);
}
