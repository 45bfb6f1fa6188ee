// The front door.
export { ENVIRONMENT } from './environment';
export type { ExperimentControl, ExperimentTools } from './experiments/experiment-tools';
export type { FlagProvider, FlagResolution } from './experiments/flag-provider';
export type {
  BotExperimentsOptions,
  FlagClient,
  FlagDetails,
  TextExperiment,
} from './experiments/options';
export type { InvestigationsOptions } from './investigations/options';
export type {
  ConsoleOptions,
  JournalOptions,
  LogsOptions,
  MetricsOptions,
  TracingOptions,
  TurnspanOptions,
  WhatsAppOptions,
} from './options';
export { type TurnspanPlugin, turnspan } from './turnspan';
