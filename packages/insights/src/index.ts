// Answers, and why there is none.
export type { Answer, Found, NotEnough } from './answer';
export type { CalendarOptions, Day } from './calendar';
// Before and after.
export {
  comparePeriods,
  type DifferenceInDifferences,
  type PeriodComparison,
  type PeriodCounts,
  type PeriodOptions,
} from './comparison/compare-periods';
export {
  compareFlowPeriods,
  compareVersions,
  type EndedJourneysOfHour,
  type PeriodQuery,
  type VersionQuery,
} from './comparison/compare-versions';
export {
  type DailyCount,
  type DailyValue,
  type HourlyCount,
  toDailyCounts,
  toDailyRates,
} from './daily';
export {
  type Evidence,
  type InvestigateOptions,
  type Investigation,
  investigate,
  SEVERITY,
  type Suspect,
} from './investigate';
// Journeys.
export {
  type CompletionModel,
  type CountedStep,
  type FlowCompletion,
  type Improvement,
  measureCompletion,
  modelCompletion,
} from './journeys/completion';
export {
  type ConfusionOptions,
  type ConfusionRows,
  type NodeConfusion,
  rankConfusion,
  type SignalComparison,
} from './journeys/confusion';
export {
  type DropOffRows,
  measureDropOff,
  type NodeDropOff,
  type VisitCount,
} from './journeys/drop-off';
export { type FlowLoop, type LoopRows, rankLoops } from './journeys/loops';
export type { EndedJourneys, JourneyLoss } from './journeys/loss';
export {
  type ProcessedVisits,
  rankSlowNodes,
  type SlowNode,
  type SlowNodesOptions,
} from './journeys/slow-nodes';
export type { MatesComparison, MatesOptions } from './mates';
// What moved.
export type { Movement } from './movements/compare-with-past';
export { type DatedChange, findDatedChanges } from './movements/dated-changes';
export { findJump, type Jump, type JumpOptions } from './movements/find-jump';
export {
  cutEvidence,
  findMovements,
  type MovementOptions,
  type SeriesMovement,
} from './movements/find-movements';
export {
  type EvidenceRows,
  type Measure,
  type Series,
  type SeriesHour,
  type Subject,
  toSeries,
} from './movements/series';
export {
  type DroppedVisits,
  findUnexpectedDropOff,
  type UnexpectedDropOff,
  type UnexpectedOptions,
} from './movements/unexpected-drop-off';
// Paths.
export {
  findLastSteps,
  findUnreached,
  findVariants,
  type LastSteps,
  type LastStepsOptions,
  measureRework,
  type PathOptions,
  type PathVariant,
  type PathVisit,
  type Rework,
} from './paths/variants';
export type { Place } from './places';
// Quality.
export {
  correlateLagged,
  type LaggedCorrelation,
  type LagOptions,
} from './quality/correlate-lagged';
export { findNegativeChanges } from './quality/negative-changes';
export { measureRisk, type RiskIndex, type RiskOptions } from './quality/risk-index';
export {
  type EventDay,
  type EventStudy,
  type EventStudyOptions,
  studyEvents,
} from './quality/study-events';
// The report.
export {
  type ComparisonQuery,
  type ComparisonReport,
  compareReports,
  type FlowComparison,
  type NodeComparison,
  readComparisonRows,
} from './report/comparison-report';
export { createReport } from './report/create-report';
export { toSign } from './report/findings';
export { leaveOutParents } from './report/leave-out-parents';
export { readEvidence } from './report/read-evidence';
export { type ReportRows, readRows } from './report/read-report-rows';
export type {
  CompletionReport,
  Finding,
  PathReport,
  QualityReport,
  Report,
  ResponseReport,
} from './report/report';
export {
  type ReportPeriod,
  type ReportQuery,
  type RowSource,
  toWholeHours,
} from './report/row-source';
export {
  writeCount,
  writePercent,
  writeRange,
  writeSeconds,
} from './report/words';
// Response times.
export { findResponseChanges } from './response/response-changes';
export {
  findResponsePeaks,
  type PeakOptions,
  type ResponsePeak,
  type TimedResponse,
} from './response/response-peaks';
export {
  type CountedResponse,
  type Duration,
  measureResponseTimes,
  type ResponseTimes,
} from './response/response-times';
// Statistics.
export {
  type ChangePoint,
  type ChangePointOptions,
  findChangePoint,
  findChangePoints,
} from './statistics/change-point';
export { controlFalseDiscovery } from './statistics/false-discovery';
export { compareSurvival, type LogRank } from './statistics/log-rank';
export { type Absorption, absorb, type Transition } from './statistics/markov-chain';
export {
  compareByPermutation,
  type PermutationOptions,
  type PermutationTest,
} from './statistics/permutation';
export {
  type ConfidenceOptions,
  type Difference,
  type Interval,
  measureDifference,
  measureProportion,
  type Proportion,
} from './statistics/proportion';
export { compareRates, type RateRatio } from './statistics/rate-ratio';
export {
  correlateRanks,
  type RankCorrelation,
  type RankCorrelationOptions,
} from './statistics/spearman';
export {
  estimateSurvival,
  findSurvivalMedian,
  findSurvivalStep,
  type SurvivalMedian,
  type SurvivalObservation,
  type SurvivalOptions,
  type SurvivalStep,
} from './statistics/survival';
// Waiting.
export {
  type DropEstimate,
  type DropEstimateOptions,
  estimateDropOff,
  type NodeDropEstimate,
} from './waiting/estimate-drop-off';
export {
  type CountedWait,
  estimateTimeToDrop,
  estimateTimeToReply,
  type NodeWait,
  type OpenWait,
  toObservations,
  type WaitCurve,
  type WaitOptions,
  type WaitRows,
} from './waiting/reply-times';
export {
  type NodeStall,
  type StallOptions,
  type StallSuggestion,
  suggestStallAfter,
} from './waiting/suggest-stall-after';
