// Declaring experiments and showing variants.
export { type Assignment, type AssignmentReason, assignVariant } from './assignment/assign';
export { Experiment, type Exposure } from './assignment/experiment';
export { Experiments } from './assignment/experiments';
export type { ExperimentsOptions } from './assignment/options';
export { parseDeclaration } from './declaration/parse-declaration';
export type { Declaration, Exclusion, ExperimentOptions, KnownBot } from './declaration/types';
// Planning and judging.
export {
  type Cohort,
  type CohortOptions,
  collectCohort,
  type ExposedJourney,
  type SettledCohort,
  selectCohort,
} from './judgement/cohort';
export { compareMetrics } from './judgement/compare';
export {
  type Breach,
  findBreaches,
  GUARDRAILS,
  type GuardrailName,
  type GuardrailOptions,
  type GuardrailReading,
  type RateGuardrail,
} from './judgement/guardrails';
export { GOAL, judgeExperiment } from './judgement/judge';
export { type Plan, type PlanOptions, planExperiment } from './judgement/plan';
export {
  type Arm,
  type Comparison,
  type ExperimentResult,
  GATES,
  type Gate,
  type JudgeOptions,
  type Metric,
  VERDICTS,
  type Verdict,
  type VerdictKind,
} from './judgement/types';
export { type SimulationOptions, type SimulationResult, simulateExperiments } from './simulation';
// Statistics.
export { adjustHolm } from './statistics/holm';
export {
  type BetaShape,
  comparePosterior,
  expectedGain,
  type Posterior,
  probabilityGreater,
} from './statistics/posterior';
export {
  boundDifference,
  boundRate,
  compareProportions,
  type Difference,
  type Proportion,
  type RateBounds,
  toRate,
} from './statistics/proportions';
export {
  type ExposedCount,
  type SampleRatio,
  sampleRatioPValue,
  testSampleRatio,
} from './statistics/sample-ratio';
export {
  createSequence,
  type Sequence,
  type SequenceOptions,
  sequenceMargin,
  sequencePValue,
} from './statistics/sequence';
export {
  compareWaits,
  estimateSurvival,
  medianWait,
  type SurvivalStep,
  type Wait,
  type WaitComparison,
} from './statistics/survival';
export { compareTimes, type LogTimes, summarizeTimes, type TimeRatio } from './statistics/times';
