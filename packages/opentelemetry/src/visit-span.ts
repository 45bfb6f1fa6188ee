import { context, SpanKind, type Tracer } from '@opentelemetry/api';
import type { Timestamp, VisitSettled } from '@turnspan/core';
import { toSettledAttributes } from './attributes';
import { toLinks } from './links';
import { closeSpan, markFailed, openSpan } from './spans';

/** Records, after the fact and in a trace of its own, how long a question waited and what came of it. */
export function recordVisit(tracer: Tracer, settled: VisitSettled, askedAt: Timestamp): void {
  const { visit, outcome, repliedAt, at } = settled;
  const plan = {
    name: `visit ${visit.journey.flow}/${visit.node}`,
    kind: SpanKind.INTERNAL,
    root: true,
    startedAt: askedAt,
    attributes: toSettledAttributes(settled),
    links: toLinks(settled),
  };
  const open = openSpan(tracer, plan, context.active());
  if (outcome === 'failed') markFailed(open.span, undefined);
  closeSpan(open, repliedAt ?? at);
}
