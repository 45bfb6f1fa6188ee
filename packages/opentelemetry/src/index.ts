// Spans.
export { ATTRIBUTES } from './attributes';
export { FLAG_ATTRIBUTES, FLAG_EVENT } from './flag-event';
// Log records.
export { LOG_ATTRIBUTES } from './log-attributes';
export { LOG_EVENTS, type LogEventKind, type LogEventName } from './log-events';
export type {
  LogAttributes,
  Logger,
  LoggerProvider,
  LogRecord,
  LogRecordHead,
} from './logger';
export { createLogsObserver, type LogsObserver, type LogsOptions } from './logs-observer';
export {
  createOpenTelemetryObserver,
  type OpenTelemetryObserver,
  type OpenTelemetryOptions,
} from './observer';
export type { KeepReason } from './sampling';
