import type { VisitSettled } from '@turnspan/core';
import { type EventOf, type Recorder, toNodeLabels, type VisitEvent } from './recorder';

/** Counts a visit that begins, and the way that led to it. */
export function recordEntered(recorder: Recorder, event: EventOf<'node_entered'>): void {
  const { metrics, limits } = recorder;
  const labels = toNodeLabels(recorder, event.visit);
  const [flow] = labels;
  metrics.conversation_node_entries_total.inc(...labels);
  if (event.from === undefined) return;
  const edge = limits.edge(flow, event.from, event.visit.node);
  metrics.conversation_transitions_total.inc(flow, ...edge);
}

/** Counts a visit that ends, and measures how long both sides took. */
export function recordSettled(recorder: Recorder, event: VisitSettled): void {
  const { metrics } = recorder;
  const labels = toNodeLabels(recorder, event.visit);
  const [flow, node] = labels;
  const { processingSeconds, waitSeconds } = event;
  metrics.conversation_node_exits_total.inc(...labels, event.outcome);
  if (processingSeconds !== undefined) {
    metrics.conversation_node_processing_seconds.observe(processingSeconds, event, flow, node);
  }
  if (waitSeconds !== undefined) {
    metrics.conversation_reply_wait_seconds.observe(waitSeconds, event, ...labels);
  }
}

/** Counts a question that has been waiting for long. */
export function recordStalled(recorder: Recorder, { visit }: VisitEvent): void {
  recorder.metrics.conversation_node_stalls_total.inc(...toNodeLabels(recorder, visit));
}

/** Counts an answer that came after its visit was dropped. */
export function recordReturned(recorder: Recorder, { visit }: VisitEvent): void {
  recorder.metrics.conversation_node_returns_total.inc(...toNodeLabels(recorder, visit));
}

/** Counts a sign of confusion. */
export function recordConfused(
  recorder: Recorder,
  { visit, signal }: EventOf<'node_confused'>,
): void {
  const labels = toNodeLabels(recorder, visit);
  recorder.metrics.conversation_node_confusions_total.inc(...labels, signal);
}

/** Counts a loop. */
export function recordLooped(recorder: Recorder, { visit, period }: EventOf<'node_looped'>): void {
  const labels = toNodeLabels(recorder, visit);
  recorder.metrics.conversation_node_loops_total.inc(...labels, String(period));
}
