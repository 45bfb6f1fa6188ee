import { type FlowNode, type NodeKind, OTHER, type VisitOutcome } from '@turnspan/core';
import type { EventOf, Recorder } from './recorder';

/*
 * The outcomes that start at 0. `rate()` does not see the step from no series to 1, so what alerts
 * look for, and what rates are divided by, has to be there before it happens. A question can end in
 * eleven ways; the three left out (`switched`, `handed_off`, `not_engaged`) are rare, alert nobody
 * and would cost a third more series. With 300 nodes this is at most 2400.
 */
const ASKING: readonly VisitOutcome[] = [
  'advanced',
  'repeated',
  'jumped',
  'completed',
  'stopped',
  'dropped',
  'undelivered',
  'failed',
];

/** A node at which nobody waits settles in the turn in which it was entered. */
const PASSING: readonly VisitOutcome[] = ['advanced', 'completed', 'failed'];

const OUTCOMES: Readonly<Record<NodeKind, readonly VisitOutcome[]>> = {
  question: ASKING,
  dialog: ASKING,
  message: PASSING,
  action: PASSING,
};

/** Makes the series of a flow known, and notes which version of it runs. */
export function recordFlowDeclared(recorder: Recorder, event: EventOf<'flow_declared'>): void {
  const { metrics, limits } = recorder;
  const flow = limits.flow(event.flow);
  // Flows beyond the cap share one label: they have no version and no deadline in common.
  if (flow === OTHER) return;
  metrics.conversation_drop_after_seconds.set(event.dropAfterMs / 1000, flow);
  recordVersion(recorder, flow, event);
  for (const node of event.nodes) startNode(recorder, flow, node);
  for (const { from, to } of event.edges) {
    metrics.conversation_transitions_total.start(flow, ...limits.edge(flow, from, to));
  }
}

function recordVersion(recorder: Recorder, flow: string, event: EventOf<'flow_declared'>): void {
  const { metrics, versions } = recorder;
  const { version } = event;
  const previous = versions.get(flow);
  if (previous === version) return;
  versions.set(flow, version);
  metrics.conversation_flow_info.set(1, flow, version);
  if (previous === undefined) return;
  metrics.conversation_flow_info.delete(flow, previous);
  metrics.conversation_flow_changed_timestamp_seconds.delete(flow, previous);
  metrics.conversation_flow_changed_timestamp_seconds.set(event.at / 1000, flow, version);
}

function startNode(recorder: Recorder, flow: string, { id, kind }: FlowNode): void {
  const { metrics, limits } = recorder;
  const node = limits.node(flow, id);
  metrics.conversation_node_entries_total.start(flow, node, '');
  for (const outcome of OUTCOMES[kind]) {
    metrics.conversation_node_exits_total.start(flow, node, '', outcome);
  }
  if (OUTCOMES[kind] === ASKING) startWaiting(recorder, flow, node);
}

function startWaiting({ metrics }: Recorder, flow: string, node: string): void {
  metrics.conversation_node_stalls_total.start(flow, node, '');
  metrics.conversation_node_returns_total.start(flow, node, '');
  metrics.conversation_waiting.start(flow, node);
  metrics.conversation_stalled.start(flow, node);
}
