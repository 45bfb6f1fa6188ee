import {
  type Context,
  type Span,
  type SpanOptions,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { Timestamp, TrackerEvent } from '@turnspan/core';
import { ATTRIBUTES } from './attributes';
import { toHrTime } from './time';

/** The tracker's event of one kind. */
export type EventOf<Kind extends TrackerEvent['kind']> = Extract<
  TrackerEvent,
  { readonly kind: Kind }
>;

/** What a span is to be. */
export interface SpanPlan extends Omit<SpanOptions, 'startTime'> {
  readonly name: string;
  readonly startedAt: Timestamp;
}

/** A span that runs, and the context that makes others its children. */
export interface OpenSpan {
  readonly span: Span;
  readonly context: Context;
  readonly startedAt: Timestamp;
}

/** Starts a span under whatever span `parent` holds. */
export function openSpan(tracer: Tracer, plan: SpanPlan, parent: Context): OpenSpan {
  const { name, startedAt, ...options } = plan;
  const span = tracer.startSpan(name, { ...options, startTime: toHrTime(startedAt) }, parent);
  return { span, context: trace.setSpan(parent, span), startedAt };
}

/** Ends a span once; a clock that was set back makes it empty and never negative. */
export function closeSpan({ span, startedAt }: OpenSpan, at: Timestamp): void {
  if (span.isRecording()) span.end(toHrTime(Math.max(startedAt, at)));
}

/** Marks that the bot threw or a channel refused. The error's text stays out: it may quote the user. */
export function markFailed(span: Span, errorType: string | undefined): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  if (errorType !== undefined) span.setAttribute(ATTRIBUTES.error, errorType);
}
