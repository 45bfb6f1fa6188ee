import type { Difference } from '../statistics/proportions';
import type { SequenceOptions } from '../statistics/sequence';
import type { Breach } from './guardrails';

/** What became of a variant. */
export interface Arm {
  readonly variant: string;
  readonly weight: number;
  /** Users exposed to it. */
  readonly exposed: number;
  /** Users whose journey counts: those of the settled cohort. */
  readonly users: number;
  /** Those among them who reached the goal. */
  readonly reached: number;
}

/** A further metric of the same users, with the control first. */
export interface Metric {
  readonly name: string;
  readonly arms: readonly Pick<Arm, 'variant' | 'users' | 'reached'>[];
}

/** All that is known of an experiment. */
export interface ExperimentResult {
  /** The control first. */
  readonly arms: readonly Arm[];
  /** Days from the first exposure to the end of the settled cohort. */
  readonly days: number;
  /** Users who saw more than one variant; they are in no arm. */
  readonly multipleExposed: number;
  /** What else is looked at; it makes the goal harder to reach, by Holm. @default nothing */
  readonly metrics?: readonly Metric[];
  /** What `findBreaches` found, and what is paused already. @default nothing */
  readonly breaches?: readonly Pick<Breach, 'variant' | 'sentence'>[];
}

/** How an experiment is judged. */
export interface JudgeOptions extends SequenceOptions {
  /** The smallest difference in rate that matters. @default 0.05 */
  readonly smallestDifference?: number;
}

/** A variant against the control, in one metric. */
export interface Comparison extends Difference {
  readonly metric: string;
  readonly variant: string;
  /** The p-value raised by Holm over all metrics and variants. */
  readonly adjustedPValue: number;
  /** The difference in proportion to the control's rate. */
  readonly uplift: number;
}

/** What is looked at before an answer is given; the first two say whether it can be believed at all. */
export const GATES = ['sample_ratio', 'multiple_exposure', 'users', 'either_way', 'days'] as const;

/** One of {@link GATES}, and what is wrong with it. */
export interface Gate {
  readonly gate: (typeof GATES)[number];
  /** Undefined where it is as it should be. */
  readonly complaint: string | undefined;
}

/** What to do. */
export const VERDICTS = ['keep_running', 'ship', 'no_difference', 'invalid'] as const;
/** One of {@link VERDICTS}. */
export type VerdictKind = (typeof VERDICTS)[number];

/** What to do about an experiment, in words, and what that rests on. */
export interface Verdict {
  readonly kind: VerdictKind;
  /** What to ship; the control if it is the best. */
  readonly variant?: string;
  readonly sentence: string;
  /** What to know besides: what is to be paused, what is too good to be true. */
  readonly warnings: readonly string[];
  readonly comparisons: readonly Comparison[];
  /** Of the variants that are not paused. */
  readonly gates: readonly Gate[];
}
