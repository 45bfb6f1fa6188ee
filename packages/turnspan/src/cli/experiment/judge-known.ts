import {
  boundRate,
  type Cohort,
  collectCohort,
  comparePosterior,
  compareWaits,
  type Declaration,
  estimateSurvival,
  findBreaches,
  type GuardrailReading,
  judgeExperiment,
  medianWait,
  type Posterior,
  type RateBounds,
  sampleRatioPValue,
  selectCohort,
  type Verdict,
} from '@turnspan/experiments';
import type { ExposedJourney, Journal } from '@turnspan/journal';
import type { KnownExperiment } from './known-experiments';
import { toWeeks, type WeekOfCohort } from './weeks';

/** What came of the users of a variant. */
export interface JudgedVariant {
  readonly variant: string;
  readonly exposed: number;
  /** Whose journey counts. */
  readonly users: number;
  readonly reached: number;
  readonly bounds: RateBounds;
  /** How long half of them took to reply to the first question; undefined if so many never did. */
  readonly medianReplyMs: number | undefined;
  /** What the data say about this variant and the control; undefined for the control itself. */
  readonly posterior: Posterior | undefined;
  /** Whether they reply faster or slower than those of the control, at every look. */
  readonly replyPValue: number | undefined;
}

/** An experiment with its verdict. */
export interface JudgedExperiment {
  readonly verdict: Verdict;
  readonly variants: readonly JudgedVariant[];
  readonly guardrails: readonly GuardrailReading[];
  readonly weeks: readonly WeekOfCohort[];
  readonly multipleExposed: number;
  readonly sampleRatioPValue: number;
  readonly days: number;
  /** Journeys count that began before; undefined if none goes on. */
  readonly settledUntil: number | undefined;
}

/** A declared experiment, as far as the verdict needs it. */
export interface Judgeable extends KnownExperiment {
  readonly declaration: Declaration;
}

/** Whether the store knows how an experiment is declared. */
export function isJudgeable(experiment: KnownExperiment): experiment is Judgeable {
  return experiment.declaration !== undefined;
}

/** Reads what came of the users of an experiment, and judges it by settled journeys only. */
export async function judgeKnown(
  journal: Pick<Journal, 'exposed'>,
  experiment: Judgeable,
): Promise<JudgedExperiment> {
  const { name: experimentName, salt, declaration } = experiment;
  const { goal } = declaration;
  const journeys = await journal.exposed({ experiment: experimentName, salt, goal });
  const cohort = collectCohort(journeys, declaration);
  const { counted, until } = selectCohort(journeys);
  const guardrails = declaration.variants.map((variant) => toReading(variant, counted));
  const paused = experiment.variants.flatMap(({ variant, paused: because }) =>
    because === undefined ? [] : [{ variant, sentence: `${variant} is paused: ${because}` }],
  );
  const found = findBreaches(guardrails, declaration);
  const fresh = found.filter(({ variant }) => paused.every((each) => each.variant !== variant));
  const breaches = [...paused, ...fresh];
  const away = new Set(breaches.map(({ variant }) => variant));
  return {
    verdict: judgeExperiment({ ...cohort, breaches }, declaration),
    variants: toVariants(cohort, counted, declaration),
    guardrails,
    weeks: toWeeks(counted, declaration.variants),
    multipleExposed: cohort.multipleExposed,
    sampleRatioPValue: sampleRatioPValue(cohort.arms.filter((arm) => !away.has(arm.variant))),
    days: cohort.days,
    settledUntil: Number.isFinite(until) ? until : undefined,
  };
}

function toReading(variant: string, counted: readonly ExposedJourney[]): GuardrailReading {
  const own = counted.filter((each) => each.variant === variant);
  const toRate = (isTrue: (journey: ExposedJourney) => boolean) => ({
    users: own.length,
    reached: own.filter(isTrue).length,
  });
  return {
    variant,
    rates: {
      errors: toRate(({ outcome }) => outcome === 'failed'),
      opt_outs: toRate(({ optedOut }) => optedOut),
    },
  };
}

function toVariants(
  { arms }: Cohort,
  counted: readonly ExposedJourney[],
  { plannedUsers }: Declaration,
): readonly JudgedVariant[] {
  const waitsOf = (variant: string) =>
    counted.flatMap((each) => (each.variant === variant && each.wait ? [each.wait] : []));
  const [control] = arms;
  return arms.map((arm) => {
    const { variant, exposed, users, reached } = arm;
    const [waits, usual] = [waitsOf(variant), waitsOf(control?.variant ?? '')];
    const isCompared = control !== undefined && arm !== control;
    return {
      ...{ variant, exposed, users, reached, bounds: boundRate(arm, { plannedUsers }) },
      medianReplyMs: medianWait(estimateSurvival(waits)),
      posterior: isCompared ? comparePosterior(control, arm) : undefined,
      replyPValue: isCompared ? compareWaits(usual, waits, { plannedUsers }).pValue : undefined,
    };
  });
}
