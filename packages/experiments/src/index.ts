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
  compareProportions,
  type Difference,
  type Proportion,
  toRate,
} from './statistics/proportions';
export { type ExposedCount, type SampleRatio, testSampleRatio } from './statistics/sample-ratio';
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
