import type { Attributes } from '@opentelemetry/api';
import type { JourneyRef, QualitySubject, UserRef, VisitRef, VisitSettled } from '@turnspan/core';
import {
  ATTRIBUTES,
  toEndAttributes,
  toFlowAttributes,
  toPlaceAttributes,
  toUserAttributes,
} from './attributes';
import { toFlagAttributes } from './flag-event';
import type { LogEvent } from './log-events';
import type { LogAttributes } from './logger';
import type { EventOf } from './spans';

/** The names of the attributes that only log records bear; the others are those of {@link ATTRIBUTES}. */
export const LOG_ATTRIBUTES = {
  line: 'conversation.line',
  journey: 'conversation.journey.id',
  entry: 'conversation.entry',
  journeySeconds: 'conversation.journey_seconds',
  journeyTurns: 'conversation.journey_turns',
  processingSeconds: 'conversation.processing_seconds',
  signal: 'conversation.signal',
  responder: 'conversation.responder',
  firstResponse: 'conversation.first_response',
  responseSeconds: 'conversation.response_seconds',
  feltResponseSeconds: 'conversation.felt_response_seconds',
  deliveryStatus: 'conversation.delivery.status',
  deliverySeconds: 'conversation.delivery_seconds',
  deliveryCategory: 'conversation.delivery.category',
  deliveryCode: 'conversation.delivery.code',
  preference: 'conversation.preference',
  qualityKind: 'whatsapp.quality.kind',
  qualityId: 'whatsapp.quality.id',
  template: 'whatsapp.quality.template',
  language: 'whatsapp.quality.language',
  qualityAttribute: 'whatsapp.quality.attribute',
  qualityKey: 'whatsapp.quality.key',
  qualityValue: 'whatsapp.quality.value',
  qualityFrom: 'whatsapp.quality.from',
  qualitySource: 'whatsapp.quality.source',
  qualityEvent: 'whatsapp.quality.event',
} as const;

/** What is known of an event. Nothing that a person typed, and of the business only what metrics say too. */
export function toLogAttributes(event: LogEvent): LogAttributes {
  const known: LogAttributes = {};
  // Spreading the parts into each other takes forty times as long.
  for (const part of toParts(event)) addKnown(known, part);
  return known;
}

function addKnown(known: LogAttributes, part: Attributes): void {
  for (const name of Object.keys(part)) {
    const value = part[name];
    if (value !== undefined) known[name] = value;
  }
}

function toParts(event: LogEvent): readonly Attributes[] {
  switch (event.kind) {
    case 'journey_started':
      return [...toJourneyParts(event.journey), toEntry(event)];
    case 'journey_ended':
      return [...toJourneyParts(event.journey), toEnd(event)];
    case 'visit_settled':
      return [...toVisitParts(event.visit), toEndAttributes(event), toWork(event)];
    case 'node_returned':
      return toVisitParts(event.visit);
    case 'node_confused':
      return [...toVisitParts(event.visit), { [LOG_ATTRIBUTES.signal]: event.signal }];
    case 'node_looped':
      return [...toVisitParts(event.visit), { [ATTRIBUTES.loopPeriod]: event.period }];
    case 'variant_shown':
      return [...toPersonParts(event.turn.user), toFlagAttributes(event.shown, event.turn.user)];
    case 'responded':
      return [...toPersonParts(event.turn.user), toResponse(event)];
    case 'delivery':
      return [toEndpoint(event.signal), toDelivery(event)];
    case 'preference_changed':
      return [...toPersonParts(event.user), toPreference(event)];
    case 'quality_changed':
      return [toSubject(event.change.subject), toChange(event)];
    case 'quality_event':
      return [toSubject(event.signal.subject), toOccurrence(event)];
  }
}

function toVisitParts(visit: VisitRef): readonly Attributes[] {
  return [...toJourneyParts(visit.journey, visit.variant), toPlaceAttributes(visit)];
}

function toJourneyParts(
  journey: JourneyRef,
  variant: string = journey.variant,
): readonly Attributes[] {
  const { user, sessionId, id } = journey;
  const run = { [ATTRIBUTES.session]: sessionId, [LOG_ATTRIBUTES.journey]: id };
  return [toFlowAttributes(journey, variant), ...toPersonParts(user), run];
}

function toPersonParts(person: UserRef): readonly Attributes[] {
  return [toUserAttributes(person), toEndpoint(person)];
}

function toEndpoint({ channel, line }: Pick<UserRef, 'channel' | 'line'>): Attributes {
  return { [ATTRIBUTES.system]: channel, [LOG_ATTRIBUTES.line]: line };
}

function toEntry({ journey }: Pick<EventOf<'journey_started'>, 'journey'>): Attributes {
  return { [LOG_ATTRIBUTES.entry]: journey.entry };
}

function toEnd({ journey, outcome, seconds, turns }: EventOf<'journey_ended'>): Attributes {
  return {
    [LOG_ATTRIBUTES.entry]: journey.entry,
    [ATTRIBUTES.outcome]: outcome,
    [LOG_ATTRIBUTES.journeySeconds]: seconds,
    [LOG_ATTRIBUTES.journeyTurns]: turns,
  };
}

function toWork({ processingSeconds }: VisitSettled): Attributes {
  return { [LOG_ATTRIBUTES.processingSeconds]: processingSeconds };
}

function toResponse(event: EventOf<'responded'>): Attributes {
  return {
    [ATTRIBUTES.session]: event.turn.session.id,
    [ATTRIBUTES.flow]: event.flow,
    [LOG_ATTRIBUTES.responder]: event.responder,
    [LOG_ATTRIBUTES.firstResponse]: event.first,
    [LOG_ATTRIBUTES.responseSeconds]: event.seconds,
    [LOG_ATTRIBUTES.feltResponseSeconds]: event.feltSeconds,
  };
}

function toDelivery({ signal, flow, node, seconds }: EventOf<'delivery'>): Attributes {
  return {
    [ATTRIBUTES.flow]: flow,
    [ATTRIBUTES.node]: node,
    [LOG_ATTRIBUTES.deliveryStatus]: signal.status,
    [LOG_ATTRIBUTES.deliverySeconds]: seconds,
    [LOG_ATTRIBUTES.deliveryCategory]: signal.category,
    [ATTRIBUTES.error]: signal.failure?.class,
    [LOG_ATTRIBUTES.deliveryCode]: signal.failure?.code,
  };
}

function toPreference({ place, value }: EventOf<'preference_changed'>): Attributes {
  return {
    [ATTRIBUTES.flow]: place?.flow,
    [ATTRIBUTES.node]: place?.node,
    [LOG_ATTRIBUTES.preference]: value,
  };
}

/** The name of a number may be that of a person, so only templates tell theirs. */
function toSubject({ kind, id, name, language }: QualitySubject): Attributes {
  const isTemplate = kind === 'template';
  return {
    [LOG_ATTRIBUTES.qualityKind]: kind,
    [LOG_ATTRIBUTES.qualityId]: id,
    [LOG_ATTRIBUTES.template]: isTemplate ? name : undefined,
    [LOG_ATTRIBUTES.language]: isTemplate ? language : undefined,
  };
}

/** The channel's words in lower case, as in metrics; its reasons stay out, since they are free text. */
function toChange({ change }: EventOf<'quality_changed'>): Attributes {
  return {
    [LOG_ATTRIBUTES.qualityAttribute]: change.attribute,
    [LOG_ATTRIBUTES.qualityKey]: change.key?.toLowerCase(),
    [LOG_ATTRIBUTES.qualityValue]: change.value.toLowerCase(),
    [LOG_ATTRIBUTES.qualityFrom]: change.from?.toLowerCase(),
    [LOG_ATTRIBUTES.qualitySource]: change.source,
  };
}

function toOccurrence({ signal }: EventOf<'quality_event'>): Attributes {
  return { [LOG_ATTRIBUTES.qualityEvent]: signal.event.toLowerCase() };
}
