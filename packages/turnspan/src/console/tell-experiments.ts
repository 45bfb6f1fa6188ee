import {
  EXPERIMENT_STATES,
  type ExperimentSummary,
  type ExperimentsDocument,
  type ExperimentVariant,
} from '@turnspan/console';
import type { QualityFact } from '@turnspan/core';
import type { Journal } from '@turnspan/journal';
import { isJudgeable, type JudgedExperiment, judgeKnown } from '../cli/experiment/judge-known';
import { type KnownExperiment, toKnownExperiments } from '../cli/experiment/known-experiments';

/** Where experiments are read from. */
export interface ExperimentParts {
  readonly journal: Pick<Journal, 'shownVariants' | 'exposed'>;
  /** What the bot's processes share: declarations and pauses. */
  readonly facts: () => Promise<readonly QualityFact[]>;
}

/** Each of them reads the journeys of its users. */
const MOST_EXPERIMENTS = 20;

/** Tells of all experiments, those that go on first and of these the latest. */
export async function tellExperiments({
  journal,
  facts,
}: ExperimentParts): Promise<ExperimentsDocument> {
  const [shown, known] = await Promise.all([journal.shownVariants(), facts()]);
  const experiments: ExperimentSummary[] = [];
  for (const experiment of sort(toKnownExperiments({ shown, facts: known }))) {
    const judged = isJudgeable(experiment) ? await judgeKnown(journal, experiment) : undefined;
    experiments.push(tell(experiment, judged));
  }
  return { experiments };
}

function sort(experiments: readonly KnownExperiment[]): readonly KnownExperiment[] {
  const rank = ({ state }: KnownExperiment) =>
    state === 'paused' ? 0 : EXPERIMENT_STATES.indexOf(state);
  return [...experiments]
    .sort((one, other) => rank(one) - rank(other) || (other.since ?? 0) - (one.since ?? 0))
    .slice(0, MOST_EXPERIMENTS);
}

function tell(
  experiment: KnownExperiment,
  judged: JudgedExperiment | undefined,
): ExperimentSummary {
  const { name, salt, state, stopped, since, declaration } = experiment;
  return {
    ...{ name, salt, state, stopped, since },
    flow: declaration?.flow,
    goal: declaration?.goal,
    variants: tellVariants(experiment, judged),
    judgement: judged && toJudgement(judged),
  };
}

function toJudgement(judged: JudgedExperiment): ExperimentSummary['judgement'] {
  const { verdict, guardrails, sampleRatioPValue, multipleExposed, days, settledUntil } = judged;
  return { verdict, guardrails, sampleRatioPValue, multipleExposed, days, settledUntil };
}

function tellVariants(
  { variants }: KnownExperiment,
  judged: JudgedExperiment | undefined,
): readonly ExperimentVariant[] {
  return variants.map(({ variant, users: exposed, paused }) => {
    const own = judged?.variants.find((each) => each.variant === variant);
    if (!own || own.users === 0)
      return { variant, exposed, users: 0, reached: 0, rate: undefined, paused };
    const { users, reached, bounds } = own;
    const { rate, lower: low, upper: high } = bounds;
    const proportion = { count: reached, total: users, rate, low, high };
    return { variant, exposed: own.exposed, users, reached, rate: proportion, paused };
  });
}
