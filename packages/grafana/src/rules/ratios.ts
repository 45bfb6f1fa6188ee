import type { Selector } from '../promql';
import { RECORDED, type RecordedRatio } from '../recorded';

/** A ratio of two counters that is recorded with its bounds, now and before. */
export interface Ratio {
  readonly names: RecordedRatio;
  readonly labels: readonly string[];
  readonly part: Selector;
  readonly whole: Selector;
}

const NODE = ['job', 'flow', 'node'];
const FLOW = ['job', 'flow'];
const LINE = ['job', 'line'];

/** Every ratio that is recorded. */
export const RATIOS: readonly Ratio[] = [
  {
    names: RECORDED.dropoff,
    labels: NODE,
    part: 'conversation_node_exits_total{outcome="dropped"}',
    whole: 'conversation_node_exits_total',
  },
  {
    names: RECORDED.confusion,
    labels: NODE,
    part: 'conversation_node_confusions_total',
    whole: 'conversation_node_entries_total',
  },
  {
    names: RECORDED.loops,
    labels: NODE,
    part: 'conversation_node_loops_total',
    whole: 'conversation_node_entries_total',
  },
  {
    names: RECORDED.completion,
    labels: FLOW,
    part: 'conversation_journeys_ended_total{outcome="completed"}',
    whole: 'conversation_journeys_ended_total',
  },
  {
    names: RECORDED.journeyDropoff,
    labels: FLOW,
    part: 'conversation_journeys_ended_total{outcome="dropped"}',
    whole: 'conversation_journeys_ended_total',
  },
  {
    names: RECORDED.optOuts,
    labels: LINE,
    part: 'whatsapp_opt_outs_total',
    whole: 'whatsapp_messages_total{status="delivered"}',
  },
  {
    names: RECORDED.negativeFeedback,
    labels: LINE,
    part: 'whatsapp_message_failures_total{class="negative_feedback"}',
    whole: 'whatsapp_messages_total{status=~"sent|failed"}',
  },
  {
    names: RECORDED.read,
    labels: LINE,
    part: 'whatsapp_messages_total{status="read"}',
    whole: 'whatsapp_messages_total{status="delivered"}',
  },
];
