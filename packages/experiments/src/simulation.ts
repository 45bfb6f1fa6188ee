import { judgeExperiment } from './judgement/judge';
import type { Arm } from './judgement/types';
import { normalTail } from './numbers/distributions';
import { compareProportions, toRate } from './statistics/proportions';

/** Experiments to be played through. */
export interface SimulationOptions {
  /** The true rate of the control and of one variant. */
  readonly rates: readonly [number, number];
  /** How many users each experiment gets. */
  readonly users: number;
  /** How many experiments are played. */
  readonly runs: number;
  /** After how many users one looks. @default 50 */
  readonly lookEvery?: number;
  /** See {@link JudgeOptions}. @default 2000 */
  readonly plannedUsers?: number;
  /** A number from 0 up to 1. @default Math.random */
  readonly random?: () => number;
}

/** What came out, each as a share of the experiments. */
export interface SimulationResult {
  /** Those in which some look said to ship one of the two because it is better. */
  readonly winners: number;
  /** Those in which some look of a test for one look would have said so. */
  readonly naiveWinners: number;
  /** Those in which the bounds held the true difference at every look. */
  readonly covered: number;
  /** Those in which some look called the experiment invalid. */
  readonly invalid: number;
}

/**
 * Plays experiments and looks at them again and again, to see how often the verdict is right. Days
 * enough have always passed.
 */
export function simulateExperiments(options: SimulationOptions): SimulationResult {
  const total = { winners: 0, naiveWinners: 0, covered: 0, invalid: 0 };
  for (let run = 0; run < options.runs; run += 1) {
    const seen = playExperiment(options);
    total.winners += Number(seen.won);
    total.naiveWinners += Number(seen.wonNaively);
    total.covered += Number(seen.covered);
    total.invalid += Number(seen.invalid);
  }
  return {
    winners: total.winners / options.runs,
    naiveWinners: total.naiveWinners / options.runs,
    covered: total.covered / options.runs,
    invalid: total.invalid / options.runs,
  };
}

interface Seen {
  won: boolean;
  wonNaively: boolean;
  covered: boolean;
  invalid: boolean;
}

function playExperiment(options: SimulationOptions): Seen {
  const { rates, users, lookEvery = 50, random = Math.random } = options;
  const seen = { won: false, wonNaively: false, covered: true, invalid: false };
  const arms: [Count, Count] = [
    { users: 0, reached: 0 },
    { users: 0, reached: 0 },
  ];
  for (let user = 1; user <= users; user += 1) {
    const index = random() < 0.5 ? 0 : 1;
    arms[index].users += 1;
    if (random() < rates[index]) arms[index].reached += 1;
    if (user % lookEvery === 0) look(arms, options, seen);
  }
  return seen;
}

interface Count {
  users: number;
  reached: number;
}

function look([control, variant]: [Count, Count], options: SimulationOptions, seen: Seen): void {
  const { plannedUsers = 2000, rates } = options;
  const arms = [toArm('a', control), toArm('b', variant)];
  const result = { arms, days: 30, multipleExposed: 0 };
  const { kind } = judgeExperiment(result, { plannedUsers });
  seen.won ||= kind === 'ship';
  seen.invalid ||= kind === 'invalid';
  seen.wonNaively ||= isNaiveWinner(control, variant);
  const { lower, upper } = compareProportions(control, variant, { plannedUsers });
  const truth = rates[1] - rates[0];
  seen.covered &&= lower <= truth && truth <= upper;
}

function toArm(variant: string, { users, reached }: Count): Arm {
  return { variant, weight: 1, exposed: users, users, reached };
}

/** The usual test of two proportions with a pooled variance, as soon as the rule of thumb lets it. */
function isNaiveWinner(control: Count, variant: Count): boolean {
  if (Math.min(control.users, variant.users) < 150) return false;
  const pooled = (control.reached + variant.reached) / (control.users + variant.users);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / control.users + 1 / variant.users));
  return 2 * normalTail(Math.abs(toRate(variant) - toRate(control)) / error) < 0.05;
}
