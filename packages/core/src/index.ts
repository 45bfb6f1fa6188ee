// What a channel adapter needs.
export {
  type ChangeSignal,
  type ChannelSignal,
  DELIVERY_STATUSES,
  type DeliverySignal,
  type DeliveryStatus,
  FAILURE_CLASSES,
  type FailureClass,
  MESSAGE_TAG,
  type PreferenceSignal,
  type QualityChangedSignal,
  type QualityEventSignal,
  RECEIPT,
  type Receipt,
  type SignalSource,
  type WebhookSignal,
} from './channel';
// The tracker.
export { type Clock, systemClock } from './clock';
// Errors and containment.
export { attempt, contain, type OnError } from './contain';
export { type DeadlineOptions, type StartTimer, systemTimer, withDeadline } from './deadline';
export { ERROR_CODES, type ErrorCode, type ErrorDetails, TurnspanError } from './errors';
// What the tracker tells.
export type { Observer, TrackerEvent, VisitSettled } from './events';
export type { Shown } from './exposures';
export type { FlowDeclaration, KnownEdge, KnownFlow } from './flow-graph';
export { type GuardStoreOptions, guardStore } from './guard-store';
export type { Inbox, InboxEntry } from './inbox';
export type { Journey, Visit } from './journey';
export type { Beginning } from './journeys';
export { LabelCap, type OnOverflow, OTHER } from './label-cap';
export type { Maybe } from './maybe';
export { MemoryStore } from './memory-store';
// What is known of the business's quality.
export {
  QUALITY_ATTRIBUTES,
  QUALITY_KINDS,
  QUALITY_SOURCES,
  type QualityAttribute,
  type QualityChange,
  type QualityFact,
  type QualityKind,
  type QualitySource,
  type QualitySubject,
} from './quality';
export type {
  ExposureRef,
  FlowEdge,
  FlowNode,
  JourneyRef,
  SessionRef,
  TraceRef,
  TurnRef,
  UserRef,
  VisitRef,
} from './refs';
export type { FlowOptions, NodeOptions, SettingsOptions } from './settings';
export type { SharedState } from './shared-state';
export type { Snapshot } from './snapshot';
export type {
  Claim,
  ClaimReason,
  Due,
  Store,
  TakeDue,
  Untold,
  Waiting,
  WaitingCount,
  WaitingSummary,
} from './store';
export { Tracker, type TrackerOptions } from './tracker';
export type { Turn } from './turn';
export type { Sending, SendResult, TurnInput } from './turns';
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
