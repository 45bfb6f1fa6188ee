import { type Plan, planExperiment } from '@turnspan/experiments';
import {
  type Proportion,
  toWholeHours,
  writeCount,
  writePercent,
  writeRange,
} from '@turnspan/insights';
import type { Journal } from '@turnspan/journal';
import { type Command, type CommandArguments, JOURNAL_OPTION } from '../command';
import type { CommandIo } from '../command-io';
import { journalPlace, readJournal, showPlace } from '../open-journal';
import { checkFlow, readPeriod } from '../report/read-query';
import { withProgress } from '../report/reading-progress';
import { drawSection, drawSentence } from '../report/sections';
import { createStyle, type Style } from '../report/style';
import { UsageError } from '../usage-error';
import { type BaseRate, readBaseRate } from './base-rate';
import { writePoints } from './verdict-words';

/** Tells how many users an experiment takes. */
export const experimentPower: Command = {
  name: 'experiment power',
  summary: 'Shows how many users and days an experiment takes',
  notes: [
    'The rate is the one at which journeys of the flow complete now. With --node only',
    'journeys count that come to that node: name the one where the variants part.',
  ],
  options: [
    JOURNAL_OPTION,
    { name: 'flow', value: 'NAME', meaning: 'the flow that it is about' },
    { name: 'node', value: 'NAME', meaning: 'where the variants part' },
    {
      name: 'difference',
      value: 'SHARE',
      meaning:
        'the smallest one worth finding, 0.05 if it is not\ngiven: 5 points more; -0.05 for 5 points fewer',
    },
    { name: 'variants', value: 'COUNT', meaning: 'the control among them, 2 if it is not given' },
    {
      name: 'since',
      value: 'TIME',
      meaning: 'rates and traffic from then on, 28d if it is not given',
    },
    { name: 'until', value: 'TIME', meaning: 'up to then, else up to now' },
  ],
  run,
};

async function run(args: CommandArguments, io: CommandIo): Promise<number> {
  const place = journalPlace(args);
  const { flow, node } = args.values;
  if (flow === undefined) throw new UsageError('Say which flow it is about: --flow NAME.');
  const wanted = readWanted(args);
  const query = { ...toWholeHours(readPeriod(args, io, '28d')), flow, node };
  const base = await readJournal(place, io, (journal) =>
    withProgress(io.stderr, (onProgress) => read(journal, { ...query, onProgress })),
  );
  const plan = planFor(base, wanted);
  const text = args.json
    ? JSON.stringify(
        { at: io.now(), journal: showPlace(place), base, ...wanted, plan },
        undefined,
        2,
      )
    : draw({ base, wanted, plan }, createStyle(io));
  io.stdout.write(`${text}\n`);
  return 0;
}

interface Wanted {
  readonly smallestDifference: number;
  readonly variants: number;
}

function readWanted({ values }: CommandArguments): Wanted {
  const smallestDifference = Number(values.difference ?? 0.05);
  if (!(Math.abs(smallestDifference) < 1) || smallestDifference === 0) {
    throw new UsageError('--difference takes a share, as 0.05 for 5 points, or -0.05.');
  }
  const variants = Number(values.variants ?? 2);
  if (Number.isInteger(variants) && variants >= 2 && variants <= 10) {
    return { smallestDifference, variants };
  }
  throw new UsageError('--variants takes a number from 2 to 10.');
}

async function read(
  journal: Journal,
  query: Parameters<typeof readBaseRate>[1],
): Promise<BaseRate> {
  const { flows, ...base } = await readBaseRate(journal, query);
  checkFlow(query.flow, flows);
  if (base.journeys > 0) return base;
  const at = query.node === undefined ? '' : ` that came to ${query.node}`;
  throw new UsageError(`No journey of ${query.flow}${at} ended in this period; try --since 90d.`);
}

function planFor({ completed, usersPerDay }: BaseRate, wanted: Wanted): Plan {
  const baseRate = completed.rate ?? 0;
  const aim = baseRate + wanted.smallestDifference;
  if (baseRate > 0 && aim > 0 && aim < 1 && baseRate < 1) {
    return planExperiment({ baseRate, usersPerDay, ...wanted });
  }
  const points = writePoints(wanted.smallestDifference);
  throw new UsageError(
    `${writePercent(baseRate)} complete, so that ${points} points cannot be had; try another --difference.`,
  );
}

interface Planned {
  readonly base: BaseRate;
  readonly wanted: Wanted;
  readonly plan: Plan;
}

function draw({ base, wanted, plan }: Planned, style: Style): string {
  const rows = [
    ['users of each variant', writeCount(plan.usersPerVariant)],
    ['users of all variants', writeCount(plan.totalUsers)],
    ['plannedUsers of the declaration', writeCount(plan.plannedUsers)],
    ['days at this traffic', plan.days === undefined ? '–' : writeCount(plan.days)],
    ['users of each, for one look only', writeCount(plan.usersPerVariantForOneLook)],
  ];
  const columns = [
    { title: 'it takes', width: 34 },
    { title: '', width: 12 },
  ];
  return [
    drawSentence(tellBase(base)),
    drawSentence(tellAim(base.completed, wanted)),
    drawSection({ title: 'The plan', columns, rows, otherwise: '' }, style),
  ].join('\n\n');
}

function tellBase({ flow, node, journeys, completed, usersPerDay }: BaseRate): string {
  const which = node === undefined ? `of ${flow}` : `of ${flow} that come to ${node}`;
  const { rate = 0 } = completed;
  return `Journeys ${which}: ${writePercent(rate)} complete (${writeRange(completed)}, of ${writeCount(journeys)}), by ${writeCount(usersPerDay)} users a day who had not come before in this period.`;
}

function tellAim({ rate = 0 }: Proportion, { smallestDifference, variants }: Wanted): string {
  const aim = writePercent(rate + smallestDifference);
  return `To find ${writePoints(smallestDifference)} points (${aim}) in 80 of 100 experiments with ${variants} variants, looking as often as you like:`;
}
