import { type Command, type CommandArguments, JOURNAL_OPTION } from '../command';
import type { CommandIo } from '../command-io';
import { showPlace } from '../open-journal';
import { createStyle } from '../report/style';
import { drawExperiment } from './draw-experiment';
import { isJudgeable, type Judgeable, type JudgedExperiment, judgeKnown } from './judge-known';
import type { KnownExperiment } from './known-experiments';
import { STORE_OPTION } from './open-shared';
import { chooseExperiment, readKnown } from './read-known';

/** Tells what came of an experiment. */
export const experimentShow: Command = {
  name: 'experiment show',
  summary: 'Shows what came of an experiment, and what to do',
  operands: ['NAME'],
  notes: [
    'Users count whose journeys are settled, up to the same moment for all variants.',
    'All bounds hold at every look, so look as often as you like.',
  ],
  options: [JOURNAL_OPTION, STORE_OPTION],
  run,
};

interface Shown {
  readonly experiment: KnownExperiment;
  readonly judged: JudgedExperiment | undefined;
}

async function run(args: CommandArguments, io: CommandIo): Promise<number> {
  const [name = ''] = args.operands;
  const { place, found } = await readKnown<Shown>(args, io, async (known) => {
    const { journal, experiments, onProgress } = known;
    onProgress(0);
    const experiment = chooseExperiment(experiments, name);
    if (!isJudgeable(experiment)) return { experiment, judged: undefined };
    return { experiment, judged: await judgeKnown(journal, experiment) };
  });
  const { experiment, judged } = found;
  if (!judged) {
    io.stderr.write(`turnspan: ${tellUnknown(experiment)}\n`);
    return 1;
  }
  const text = args.json
    ? JSON.stringify(
        { at: io.now(), journal: showPlace(place), experiment, ...judged },
        undefined,
        2,
      )
    : drawExperiment(experiment as Judgeable, judged, createStyle(io));
  io.stdout.write(`${text}\n`);
  return 0;
}

function tellUnknown({ name, variants }: KnownExperiment): string {
  const users = variants.map((each) => `${each.users} of ${each.variant}`).join(', ');
  return `The store does not know how ${name} is declared, so that nothing can be said about its users (${users}). Name the store that its bot runs with, by --store.`;
}
