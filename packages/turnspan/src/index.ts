// The front door.
export { ENVIRONMENT } from './environment';
export type {
  MetricsOptions,
  TracingOptions,
  TurnspanOptions,
  WhatsAppOptions,
} from './options';
export { type TurnspanPlugin, turnspan } from './turnspan';
