// The front door.
export { ENVIRONMENT } from './environment';
export type {
  JournalOptions,
  LogsOptions,
  MetricsOptions,
  TracingOptions,
  TurnspanOptions,
  WhatsAppOptions,
} from './options';
export { type TurnspanPlugin, turnspan } from './turnspan';
