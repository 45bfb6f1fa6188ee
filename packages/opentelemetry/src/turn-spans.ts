import {
  context,
  isSpanContextValid,
  SpanKind,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { Timestamp, TurnRef, VisitRef, VisitSettled } from '@turnspan/core';
import { ATTRIBUTES, toSessionAttributes, toTurnAttributes, toVisitAttributes } from './attributes';
import { recordFlag } from './flag-event';
import { recordSend } from './send-span';
import { closeSpan, type EventOf, markFailed, type OpenSpan, openSpan } from './spans';

/** The spans of one turn while it runs: its own and those of the nodes that the bot passes. */
export class TurnSpans {
  readonly #tracer: Tracer;
  readonly #turn: OpenSpan;
  // Ended nodes stay: what a node sent may become known after it was left.
  readonly #nodes = new Map<string, OpenSpan>();

  constructor(tracer: Tracer, turn: OpenSpan) {
    this.#tracer = tracer;
    this.#turn = turn;
  }

  /** Runs a function with the turn as the active span. */
  activate<T>(run: () => T): T {
    return context.with(trace.setSpan(context.active(), this.#turn.span), run);
  }

  enter({ visit, turn, at }: EventOf<'node_entered'>): void {
    const key = toKey(visit);
    if (this.#nodes.has(key)) return;
    const plan = {
      name: `node ${visit.journey.flow}/${visit.node}`,
      kind: SpanKind.INTERNAL,
      startedAt: at,
      attributes: { ...toVisitAttributes(visit), [ATTRIBUTES.session]: turn.session.id },
    };
    this.#nodes.set(key, openSpan(this.#tracer, plan, this.#turn.context));
  }

  /** From here on the node waits for the person, and no span may. */
  ask({ visit, at }: EventOf<'node_asked'>): void {
    const node = this.#nodes.get(toKey(visit));
    if (node) closeSpan(node, at);
  }

  /** Ends the node's span with what became of it, unless it had asked. */
  settle({ visit, outcome, at }: VisitSettled): void {
    const node = this.#nodes.get(toKey(visit));
    if (!node?.span.isRecording()) return;
    node.span.setAttribute(ATTRIBUTES.outcome, outcome);
    if (outcome === 'failed') markFailed(node.span, undefined);
    closeSpan(node, at);
  }

  /** Notes that a variant was shown. */
  show(event: EventOf<'variant_shown'>): void {
    recordFlag(this.#turn.span, event);
  }

  send(event: EventOf<'message_sent'>): void {
    const node = event.visit && this.#nodes.get(toKey(event.visit));
    recordSend(this.#tracer, event, (node ?? this.#turn).context);
  }

  /** Ends everything that is still open. */
  end({ turn, at, error }: EventOf<'turn_ended'>): void {
    this.#endNodes(at);
    const { span } = this.#turn;
    span.setAttributes(toSessionAttributes(turn.session));
    if (error !== undefined) markFailed(span, error);
    closeSpan(this.#turn, at);
  }

  #endNodes(at: Timestamp): void {
    for (const node of this.#nodes.values()) closeSpan(node, at);
  }
}

/**
 * Starts the span of a turn, under the active span if there is one, and tells the turn of it if it
 * is recorded. Gives nothing where no SDK is registered.
 */
export function startTurn(
  tracer: Tracer,
  { turn, at }: EventOf<'turn_started'>,
  rating: string | undefined,
): TurnSpans | undefined {
  const plan = {
    name: `process ${turn.user.channel}`,
    kind: SpanKind.CONSUMER,
    startedAt: at,
    attributes: { ...toTurnAttributes(turn), [ATTRIBUTES.rating]: rating },
  };
  const open = openSpan(tracer, plan, context.active());
  // A span that the SDK's sampler refused is kept too: what runs under it must not be sampled anew.
  if (!isSpanContextValid(open.span.spanContext())) return undefined;
  announce(turn, open);
  return new TurnSpans(tracer, open);
}

function announce(turn: TurnRef, { span }: OpenSpan): void {
  const { traceId, spanId, traceFlags } = span.spanContext();
  const sampled = (traceFlags & TraceFlags.SAMPLED) !== 0;
  if (sampled && span.isRecording()) turn.trace = { traceId, spanId };
}

function toKey({ journey, index }: VisitRef): string {
  return `${journey.id}/${index}`;
}
