export { ATTRIBUTES } from './attributes';
export {
  createOpenTelemetryObserver,
  type OpenTelemetryObserver,
  type OpenTelemetryOptions,
} from './observer';
export type { KeepReason } from './sampling';
