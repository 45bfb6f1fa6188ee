// What a channel adapter needs.
export {
  type ChannelSignal,
  DELIVERY_STATUSES,
  type DeliverySignal,
  type DeliveryStatus,
  FAILURE_CLASSES,
  type FailureClass,
  MESSAGE_TAG,
  RECEIPT,
  type Receipt,
  type SignalSource,
  type WebhookSignal,
} from './channel';
export { type Clock, systemClock } from './clock';
// Errors and containment.
export { attempt, contain, type OnError } from './contain';
export { ERROR_CODES, type ErrorCode, type ErrorDetails, TurnspanError } from './errors';
// What the tracker tells.
export type { Observer, TrackerEvent, VisitSettled } from './events';
export { LabelCap, type OnOverflow, OTHER } from './label-cap';
export type {
  FlowEdge,
  FlowNode,
  JourneyRef,
  SessionRef,
  TraceRef,
  TurnRef,
  UserRef,
  VisitRef,
} from './refs';
export type { Snapshot } from './snapshot';
// The words.
export {
  CONFUSION_SIGNALS,
  type ConfusionSignal,
  ENTRIES,
  type Entry,
  type InputKind,
  JOURNEY_OUTCOMES,
  type JourneyOutcome,
  type Match,
  NODE_KINDS,
  type NodeKind,
  RESPONDERS,
  type Responder,
  type Timestamp,
  VISIT_OUTCOMES,
  type VisitOutcome,
} from './vocabulary';
