import type { Attributes } from '@opentelemetry/api';
import type {
  JourneyRef,
  SessionRef,
  TurnRef,
  UserRef,
  VisitRef,
  VisitSettled,
} from '@turnspan/core';

/** The name of every attribute that a span of Turnspan can bear. */
export const ATTRIBUTES = {
  flow: 'conversation.flow',
  flowVersion: 'conversation.flow.version',
  node: 'conversation.node',
  nodeKind: 'conversation.node.kind',
  variant: 'conversation.variant',
  visitIndex: 'conversation.visit.index',
  outcome: 'conversation.outcome',
  waitSeconds: 'conversation.wait_seconds',
  matched: 'conversation.matched',
  inputKind: 'conversation.input.kind',
  loopPeriod: 'conversation.loop.period',
  session: 'session.id',
  previousSession: 'session.previous_id',
  user: 'user.hash',
  system: 'messaging.system',
  operation: 'messaging.operation.type',
  message: 'messaging.message.id',
  error: 'error.type',
  rating: 'whatsapp.quality_rating',
} as const;

/** What is known of a turn when it begins; an attribute without a value is left out by the SDK. */
export function toTurnAttributes(turn: TurnRef): Attributes {
  return {
    ...toUserAttributes(turn.user),
    ...toSessionAttributes(turn.session),
    ...toMessagingAttributes(turn, 'process'),
    [ATTRIBUTES.message]: turn.messageKey,
    [ATTRIBUTES.inputKind]: turn.inputKind,
  };
}

/** The session a turn belongs to and the one before it. */
export function toSessionAttributes({ id, previousId }: SessionRef): Attributes {
  return { [ATTRIBUTES.session]: id, [ATTRIBUTES.previousSession]: previousId };
}

/** Where messages go or come from, and which of the two. */
export function toMessagingAttributes(
  { user }: TurnRef,
  operation: 'process' | 'send',
): Attributes {
  return { [ATTRIBUTES.system]: user.channel, [ATTRIBUTES.operation]: operation };
}

/** Where in the conversation tree something happened. */
export function toVisitAttributes(visit: VisitRef): Attributes {
  return { ...toFlowAttributes(visit.journey, visit.variant), ...toPlaceAttributes(visit) };
}

/** Which flow it is, and in which form. */
export function toFlowAttributes({ flow, version }: JourneyRef, variant: string): Attributes {
  return {
    [ATTRIBUTES.flow]: flow,
    [ATTRIBUTES.flowVersion]: version,
    [ATTRIBUTES.variant]: variant === '' ? undefined : variant,
  };
}

/** Which node of the flow it is, and in which visit. */
export function toPlaceAttributes({ node, kind, index }: VisitRef): Attributes {
  return {
    [ATTRIBUTES.node]: node,
    [ATTRIBUTES.nodeKind]: kind,
    [ATTRIBUTES.visitIndex]: index,
  };
}

/** All that is known of a question that ended. */
export function toSettledAttributes(settled: VisitSettled): Attributes {
  const { journey } = settled.visit;
  return {
    ...toVisitAttributes(settled.visit),
    ...toUserAttributes(journey.user),
    ...toEndAttributes(settled),
    [ATTRIBUTES.session]: journey.sessionId,
  };
}

/** How a question ended, and what was answered. */
export function toEndAttributes(settled: VisitSettled): Attributes {
  return {
    [ATTRIBUTES.outcome]: settled.outcome,
    [ATTRIBUTES.waitSeconds]: settled.waitSeconds,
    [ATTRIBUTES.matched]: settled.match,
    [ATTRIBUTES.inputKind]: settled.inputKind,
    [ATTRIBUTES.loopPeriod]: settled.loopPeriod,
  };
}

/** Whom it is about, as a keyed hash. */
export function toUserAttributes({ key }: UserRef): Attributes {
  return { [ATTRIBUTES.user]: key };
}
