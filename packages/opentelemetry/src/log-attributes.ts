import type { Attributes } from '@opentelemetry/api';
import type { JourneyRef, QualitySubject, UserRef, VisitRef } from '@turnspan/core';
import {
  ATTRIBUTES,
  toFlowAttributes,
  toSettledAttributes,
  toUserAttributes,
  toVisitAttributes,
} from './attributes';
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
  const known = Object.entries(toAttributes(event)).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as LogAttributes;
}

function toAttributes(event: LogEvent): Attributes {
  switch (event.kind) {
    case 'journey_started':
      return { ...toRunAttributes(event.journey), [LOG_ATTRIBUTES.entry]: event.journey.entry };
    case 'journey_ended':
      return toEndedAttributes(event);
    case 'visit_settled':
      return {
        ...toPlaceAttributes(event.visit),
        ...toSettledAttributes(event),
        [LOG_ATTRIBUTES.processingSeconds]: event.processingSeconds,
      };
    case 'node_returned':
      return toPlaceAttributes(event.visit);
    case 'node_confused':
      return { ...toPlaceAttributes(event.visit), [LOG_ATTRIBUTES.signal]: event.signal };
    case 'node_looped':
      return { ...toPlaceAttributes(event.visit), [ATTRIBUTES.loopPeriod]: event.period };
    case 'responded':
      return toResponseAttributes(event);
    case 'delivery':
      return toDeliveryAttributes(event);
    case 'preference_changed':
      return toPreferenceAttributes(event);
    case 'quality_changed':
      return toChangeAttributes(event);
    case 'quality_event':
      return {
        ...toSubjectAttributes(event.signal.subject),
        [LOG_ATTRIBUTES.qualityEvent]: event.signal.event.toLowerCase(),
      };
  }
}

function toPlaceAttributes(visit: VisitRef): Attributes {
  return { ...toRunAttributes(visit.journey), ...toVisitAttributes(visit) };
}

function toRunAttributes(journey: JourneyRef): Attributes {
  return {
    ...toFlowAttributes(journey),
    ...toPersonAttributes(journey.user),
    [ATTRIBUTES.session]: journey.sessionId,
    [LOG_ATTRIBUTES.journey]: journey.id,
  };
}

function toPersonAttributes(person: UserRef): Attributes {
  return { ...toUserAttributes(person), ...toEndpointAttributes(person) };
}

function toEndpointAttributes(endpoint: Pick<UserRef, 'channel' | 'line'>): Attributes {
  return { [ATTRIBUTES.system]: endpoint.channel, [LOG_ATTRIBUTES.line]: endpoint.line };
}

function toEndedAttributes(event: EventOf<'journey_ended'>): Attributes {
  return {
    ...toRunAttributes(event.journey),
    [LOG_ATTRIBUTES.entry]: event.journey.entry,
    [ATTRIBUTES.outcome]: event.outcome,
    [LOG_ATTRIBUTES.journeySeconds]: event.seconds,
    [LOG_ATTRIBUTES.journeyTurns]: event.turns,
  };
}

function toResponseAttributes(event: EventOf<'responded'>): Attributes {
  return {
    ...toPersonAttributes(event.turn.user),
    [ATTRIBUTES.session]: event.turn.session.id,
    [ATTRIBUTES.flow]: event.flow,
    [LOG_ATTRIBUTES.responder]: event.responder,
    [LOG_ATTRIBUTES.firstResponse]: event.first,
    [LOG_ATTRIBUTES.responseSeconds]: event.seconds,
    [LOG_ATTRIBUTES.feltResponseSeconds]: event.feltSeconds,
  };
}

function toDeliveryAttributes(event: EventOf<'delivery'>): Attributes {
  const { signal } = event;
  return {
    ...toEndpointAttributes(signal),
    [ATTRIBUTES.flow]: event.flow,
    [ATTRIBUTES.node]: event.node,
    [LOG_ATTRIBUTES.deliveryStatus]: signal.status,
    [LOG_ATTRIBUTES.deliverySeconds]: event.seconds,
    [LOG_ATTRIBUTES.deliveryCategory]: signal.category,
    [ATTRIBUTES.error]: signal.failure?.class,
    [LOG_ATTRIBUTES.deliveryCode]: signal.failure?.code,
  };
}

function toPreferenceAttributes(event: EventOf<'preference_changed'>): Attributes {
  return {
    ...toPersonAttributes(event.user),
    [ATTRIBUTES.flow]: event.place?.flow,
    [ATTRIBUTES.node]: event.place?.node,
    [LOG_ATTRIBUTES.preference]: event.value,
  };
}

/** The channel's words in lower case, as in metrics; its reasons stay out, since they are free text. */
function toChangeAttributes({ change }: EventOf<'quality_changed'>): Attributes {
  return {
    ...toSubjectAttributes(change.subject),
    [LOG_ATTRIBUTES.qualityAttribute]: change.attribute,
    [LOG_ATTRIBUTES.qualityKey]: change.key?.toLowerCase(),
    [LOG_ATTRIBUTES.qualityValue]: change.value.toLowerCase(),
    [LOG_ATTRIBUTES.qualityFrom]: change.from?.toLowerCase(),
    [LOG_ATTRIBUTES.qualitySource]: change.source,
  };
}

/** The name of a number may be that of a person, so only templates tell theirs. */
function toSubjectAttributes({ kind, id, name, language }: QualitySubject): Attributes {
  return {
    [LOG_ATTRIBUTES.qualityKind]: kind,
    [LOG_ATTRIBUTES.qualityId]: id,
    ...(kind === 'template' && {
      [LOG_ATTRIBUTES.template]: name,
      [LOG_ATTRIBUTES.language]: language,
    }),
  };
}
