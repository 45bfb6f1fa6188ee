import { isSpanContextValid, type Link, type SpanContext, TraceFlags } from '@opentelemetry/api';
import type { TraceRef, VisitSettled } from '@turnspan/core';

/** Points at a span of ours that was recorded. */
export function toSpanContext({ traceId, spanId }: TraceRef, isRemote = false): SpanContext {
  return { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote };
}

/** From a visit to the turn that opened it, then to the turn that closed it; each only if it was recorded. */
export function toLinks({ openedBy, turn }: VisitSettled): Link[] {
  const opened = openedBy && toSpanContext(openedBy, true);
  const closed = turn?.trace && toSpanContext(turn.trace);
  const distinct = closed?.spanId === opened?.spanId ? [opened] : [opened, closed];
  return distinct.flatMap((target) => (isLinkable(target) ? [{ context: target }] : []));
}

/** What opened a visit was read back from the bot's storage, where anything may have happened to it. */
function isLinkable(target: SpanContext | undefined): target is SpanContext {
  return target !== undefined && isSpanContextValid(target);
}
