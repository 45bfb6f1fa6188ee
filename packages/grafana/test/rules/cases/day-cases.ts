import type { AlertCases } from '../alert-case';
import { createRatioCases } from './ratio-cases';

const NODE = { flow: 'order', node: 'size' };

const SHARED = { severity: 'warning', category: 'conversation' };

const DROPOFF = createRatioCases(
  'ConversationDropoffHigh',
  {
    firing: { alertname: 'ConversationDropoffHigh', ...SHARED, ...NODE },
    toSeries: ({ part, rest }) => ({
      'conversation_node_exits_total{flow="order",node="size",outcome="dropped"}': part,
      'conversation_node_exits_total{flow="order",node="size",outcome="advanced"}': rest,
    }),
  },
  { before: [10, 90], above: [30, 70], below: [14, 86], few: [1.6, 0.3], chance: [0.5, 2] },
);

const CONFUSION = createRatioCases(
  'ConversationConfusionHigh',
  {
    firing: { alertname: 'ConversationConfusionHigh', ...SHARED, ...NODE },
    toSeries: ({ part, rest }) => ({
      'conversation_node_confusions_total{flow="order",node="size",signal="no_match"}': part,
      'conversation_node_entries_total{flow="order",node="size"}': rest,
    }),
  },
  { before: [10, 100], above: [30, 100], below: [14, 100], few: [1.6, 1.9], chance: [0.5, 2.5] },
);

const LOOPS = createRatioCases(
  'ConversationLoops',
  {
    firing: { alertname: 'ConversationLoops', ...SHARED, ...NODE },
    toSeries: ({ part, rest }) => ({
      'conversation_node_loops_total{flow="order",node="size",period="1"}': part,
      'conversation_node_entries_total{flow="order",node="size"}': rest,
    }),
    isAbsolute: true,
  },
  { before: [0, 100], above: [5, 100], below: [2.4, 100], few: [0.34, 1] },
);

const OPT_OUTS = createRatioCases(
  'WhatsappOptOutsHigh',
  {
    firing: {
      alertname: 'WhatsappOptOutsHigh',
      category: 'whatsapp',
      severity: 'warning',
      line: '1001',
    },
    toSeries: ({ part, rest }) => ({
      'whatsapp_opt_outs_total{line="1001",flow="order",node="size"}': part,
      'whatsapp_messages_total{line="1001",category="marketing",status="delivered"}': rest,
    }),
    isAbsolute: true,
  },
  { before: [1, 1000], above: [10, 1000], below: [5.5, 1000], few: [0.35, 10] },
);

/** The alerts that compare a ratio of the last day with a threshold or with the past, with their cases. */
export const RATIO_CASES: readonly AlertCases[] = [DROPOFF, CONFUSION, LOOPS, OPT_OUTS];
