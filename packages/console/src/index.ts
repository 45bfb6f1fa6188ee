// What the page shows, and where it comes from.
export {
  EXPERIMENT_STATES,
  type ExperimentJudgement,
  type ExperimentState,
  type ExperimentSummary,
  type ExperimentsDocument,
  type ExperimentVariant,
} from './documents/experiments';
export type {
  FlowSummary,
  FlowsDocument,
  NodeSummary,
  Period,
  Trouble,
} from './documents/flows';
export type {
  ExampleTrace,
  InvestigationDocument,
  InvestigationSummary,
  InvestigationsDocument,
  InvestigationTrigger,
} from './documents/investigations';
export type {
  CircleCount,
  FlowVersion,
  JourneyDocument,
  JourneyEdge,
  JourneyNode,
  NextStep,
  NodeDocument,
  NodeVersion,
  SignalRate,
} from './documents/journey';
export {
  QUALITY_SERIES,
  type QualityDocument,
  type QualityMark,
  type QualitySeries,
  type QualitySeriesName,
  type QualityTrack,
  type SeriesPoint,
} from './documents/quality';
// Serving it.
export { type ConsoleHandler, createConsole } from './server/create-console';
export {
  type ConsoleAddress,
  type ConsoleServer,
  type ConsoleServerOptions,
  createConsoleServer,
} from './server/create-console-server';
export type { ConsoleOptions } from './server/options';
export type { ConsoleSource, JourneyQuery, NodeQuery, QualityQuery } from './source';
