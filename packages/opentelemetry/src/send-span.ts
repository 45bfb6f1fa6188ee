import { type Context, ROOT_CONTEXT, SpanKind, type Tracer, trace } from '@opentelemetry/api';
import type { TraceRef } from '@turnspan/core';
import { ATTRIBUTES, toMessagingAttributes, toVisitAttributes } from './attributes';
import { toSpanContext } from './links';
import { closeSpan, type EventOf, markFailed, openSpan } from './spans';

/** Records, after the fact, one call that handed messages to the channel. */
export function recordSend(tracer: Tracer, event: EventOf<'message_sent'>, parent: Context): void {
  const { turn, visit, error } = event;
  const plan = {
    name: `send ${turn.user.channel}`,
    kind: SpanKind.CLIENT,
    startedAt: event.startedAt,
    attributes: {
      ...toMessagingAttributes(turn, 'send'),
      ...(visit && toVisitAttributes(visit)),
      [ATTRIBUTES.session]: turn.session.id,
    },
  };
  const open = openSpan(tracer, plan, parent);
  if (error !== undefined) markFailed(open.span, error);
  closeSpan(open, event.at);
}

/** Records a call that the bot did not wait for and that came back after its turn had ended. */
export function recordLateSend(
  tracer: Tracer,
  event: EventOf<'message_sent'>,
  turn: TraceRef,
): void {
  recordSend(tracer, event, trace.setSpanContext(ROOT_CONTEXT, toSpanContext(turn)));
}
