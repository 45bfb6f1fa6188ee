import type { JourneyOutcome, TraceRef, TrackerEvent, VisitOutcome } from '@turnspan/core';

/** The events of the tracker that become log records, each with the name of its record. */
export const LOG_EVENTS = {
  journey_started: 'conversation.journey.started',
  journey_ended: 'conversation.journey.ended',
  visit_settled: 'conversation.visit.settled',
  node_returned: 'conversation.node.returned',
  node_confused: 'conversation.node.confused',
  node_looped: 'conversation.node.looped',
  variant_shown: 'feature_flag.evaluation',
  responded: 'conversation.responded',
  delivery: 'conversation.delivery',
  preference_changed: 'conversation.preference.changed',
  quality_changed: 'whatsapp.quality.changed',
  quality_event: 'whatsapp.quality.event',
} as const;

/** The kinds of event that become log records. */
export type LogEventKind = keyof typeof LOG_EVENTS;

/** The name of a log record: one of {@link LOG_EVENTS}. */
export type LogEventName = (typeof LOG_EVENTS)[LogEventKind];

/** An event that becomes a log record. */
export type LogEvent = Extract<TrackerEvent, { readonly kind: LogEventKind }>;

/** Whether an event becomes a log record. */
export function isLogEvent(event: TrackerEvent): event is LogEvent {
  return Object.hasOwn(LOG_EVENTS, event.kind);
}

/** How much a log record asks for attention. */
export type Severity = 'INFO' | 'WARN' | 'ERROR';

/** The number that OpenTelemetry gives each severity: the least of its range. */
export const SEVERITY_NUMBERS: Readonly<Record<Severity, number>> = {
  INFO: 9,
  WARN: 13,
  ERROR: 17,
};

/**
 * ERROR where the bot threw, as on the span; WARN where something that should work did not: a
 * message reached nobody, a conversation goes round in a loop. What people decide is INFO, and
 * to leave is a decision. So is what WhatsApp rates: its words are open, and alerts know which is bad.
 */
export function toSeverity(event: LogEvent): Severity {
  switch (event.kind) {
    case 'visit_settled':
    case 'journey_ended':
      return judgeOutcome(event.outcome);
    case 'delivery':
      return event.signal.status === 'failed' ? 'WARN' : 'INFO';
    case 'node_looped':
      return 'WARN';
    case 'journey_started':
    case 'variant_shown':
    case 'node_returned':
    case 'node_confused':
    case 'responded':
    case 'preference_changed':
    case 'quality_changed':
    case 'quality_event':
      return 'INFO';
  }
}

function judgeOutcome(outcome: VisitOutcome | JourneyOutcome): Severity {
  if (outcome === 'failed') return 'ERROR';
  return outcome === 'undelivered' ? 'WARN' : 'INFO';
}

/** The span that a record belongs to: of the turn that asked, else of the turn in which it happened. */
export function toTrace(event: LogEvent): TraceRef | undefined {
  const opened = event.kind === 'visit_settled' ? event.openedBy : undefined;
  return opened ?? ('turn' in event ? event.turn?.trace : undefined);
}

/** One line to read: the kind of event and a word about it that can only be one of ours. */
export function toBody(event: LogEvent): string {
  const kind = event.kind.replace('_', ' ');
  const word = toWord(event);
  return word === undefined ? kind : `${kind}: ${word}`;
}

function toWord(event: LogEvent): string | undefined {
  switch (event.kind) {
    case 'visit_settled':
    case 'journey_ended':
      return event.outcome;
    case 'journey_started':
      return event.journey.entry;
    case 'node_confused':
      return event.signal;
    case 'responded':
      return event.responder;
    case 'delivery':
      return event.signal.status;
    case 'quality_changed':
      return `${event.change.subject.kind} ${event.change.attribute}`;
    case 'quality_event':
      return event.signal.subject.kind;
    case 'node_returned':
    case 'variant_shown':
    case 'node_looped':
    case 'preference_changed':
      return undefined;
  }
}
