import type { TrackerEvent } from '@turnspan/core';
import { recordDelivery, recordWebhook } from './record-channel';
import { recordShown } from './record-experiment';
import { recordFlowDeclared } from './record-flow';
import { recordJourneyEnded, recordJourneyStarted } from './record-journey';
import {
  recordConfused,
  recordEntered,
  recordLooped,
  recordReturned,
  recordSettled,
  recordStalled,
} from './record-node';
import { recordPreference, recordQualityEvent } from './record-quality';
import { recordInbound, recordResponded } from './record-response';
import type { EventOf, Recorder } from './recorder';

type RecordOf<K extends TrackerEvent['kind']> = (recorder: Recorder, event: EventOf<K>) => void;

/** What becomes of each kind of event; a new kind does not compile until it has its line. */
const RECORDS: { readonly [K in TrackerEvent['kind']]: RecordOf<K> } = {
  flow_declared: recordFlowDeclared,
  turn_started: pass,
  turn_ended: pass,
  inbound_received: recordInbound,
  journey_started: recordJourneyStarted,
  journey_ended: recordJourneyEnded,
  node_entered: recordEntered,
  node_asked: pass,
  visit_stalled: recordStalled,
  visit_settled: recordSettled,
  node_confused: recordConfused,
  node_looped: recordLooped,
  node_returned: recordReturned,
  variant_shown: recordShown,
  message_sent: pass,
  responded: recordResponded,
  delivery: recordDelivery,
  webhook: recordWebhook,
  quality_event: recordQualityEvent,
  quality_changed: pass,
  preference_changed: recordPreference,
  clock_skewed: ({ metrics }) => metrics.turnspan_clock_skews_total.inc(),
  error_contained: ({ metrics }) => metrics.turnspan_contained_errors_total.inc(),
};

/** Turns one event of the tracker into numbers; what may have been told before counts no more. */
export function recordEvent(recorder: Recorder, event: TrackerEvent): void {
  if (event.again) return;
  const record = RECORDS[event.kind] as RecordOf<TrackerEvent['kind']>;
  record(recorder, event);
}

/** Of these events the metrics take nothing. */
function pass(): void {}
