import { judgeExperiment } from './judgement/judge';
import type { Arm } from './judgement/types';
import { normalTail } from './numbers/distributions';
import { toRate } from './statistics/proportions';

/** Experiments to be played through. */
export interface SimulationOptions {
  /** The true rates of the variants, the control first. */
  readonly rates: readonly number[];
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
  /** Those in which some look said to ship one of them because it is better. */
  readonly winners: number;
  /** Those in which some look of a test for one look would have said so. */
  readonly naiveWinners: number;
  /** Those in which the bounds held all true differences at every look. */
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
  const counts = rates.map((rate, index) => ({ name: `${index}`, rate, users: 0, reached: 0 }));
  for (let user = 1; user <= users; user += 1) {
    const count = counts[Math.floor(random() * counts.length)];
    if (count === undefined) continue;
    count.users += 1;
    if (random() < count.rate) count.reached += 1;
    if (user % lookEvery === 0) look(counts, options, seen);
  }
  return seen;
}

interface Count {
  readonly name: string;
  readonly rate: number;
  users: number;
  reached: number;
}

function look(counts: readonly Count[], options: SimulationOptions, seen: Seen): void {
  const { plannedUsers = 2000 } = options;
  const result = { arms: counts.map(toArm), days: 30, multipleExposed: 0 };
  const { kind, comparisons } = judgeExperiment(result, { plannedUsers });
  seen.won ||= kind === 'ship';
  seen.invalid ||= kind === 'invalid';
  seen.wonNaively ||= hasNaiveWinner(counts);
  seen.covered &&= comparisons.every((comparison, index) => {
    const truth = (counts[index + 1]?.rate ?? 0) - (counts[0]?.rate ?? 0);
    return comparison.lower <= truth && truth <= comparison.upper;
  });
}

function toArm({ name, users, reached }: Count): Arm {
  return { variant: name, weight: 1, exposed: users, users, reached };
}

function hasNaiveWinner([control, ...variants]: readonly Count[]): boolean {
  return control !== undefined && variants.some((variant) => isNaiveWinner(control, variant));
}

/** The usual test of two proportions with a pooled variance, as soon as the rule of thumb lets it. */
function isNaiveWinner(control: Count, variant: Count): boolean {
  if (Math.min(control.users, variant.users) < 150) return false;
  const pooled = (control.reached + variant.reached) / (control.users + variant.users);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / control.users + 1 / variant.users));
  return 2 * normalTail(Math.abs(toRate(variant) - toRate(control)) / error) < 0.05;
}
