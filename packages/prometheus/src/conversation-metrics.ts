/** The metrics of conversations, on every channel. */
export const CONVERSATION_METRICS = {
  conversation_journeys_started_total: {
    type: 'counter',
    labels: ['flow', 'variant', 'channel', 'line', 'entry'],
    help: 'Journeys begun.',
  },
  conversation_journeys_ended_total: {
    type: 'counter',
    labels: ['flow', 'variant', 'channel', 'line', 'outcome'],
    help: 'Journeys ended, each exactly once.',
  },
  conversation_node_entries_total: {
    type: 'counter',
    labels: ['flow', 'node', 'variant'],
    help: 'Visits begun.',
  },
  conversation_node_exits_total: {
    type: 'counter',
    labels: ['flow', 'node', 'variant', 'outcome'],
    help: 'Visits settled, each exactly once.',
  },
  conversation_node_stalls_total: {
    type: 'counter',
    labels: ['flow', 'node', 'variant'],
    help: 'Questions that nobody had answered when they counted as stalled.',
  },
  conversation_node_returns_total: {
    type: 'counter',
    labels: ['flow', 'node', 'variant'],
    help: 'Answers that came after the visit had been settled as dropped.',
  },
  conversation_node_confusions_total: {
    type: 'counter',
    labels: ['flow', 'node', 'variant', 'signal'],
    help: 'Signs that a node confused somebody.',
  },
  conversation_node_loops_total: {
    type: 'counter',
    labels: ['flow', 'node', 'variant', 'period'],
    help: 'Loops noticed, by the number of questions in the cycle.',
  },
  conversation_transitions_total: {
    type: 'counter',
    labels: ['flow', 'from', 'to'],
    help: 'Passages from one node to the next in the same journey.',
  },
  conversation_node_processing_seconds: {
    type: 'histogram',
    labels: ['flow', 'node'],
    buckets: 'processing',
    help: 'Time the bot took at a node.',
  },
  conversation_reply_wait_seconds: {
    type: 'histogram',
    labels: ['flow', 'node', 'variant'],
    buckets: 'waiting',
    help: 'Time people took to answer a question.',
  },
  conversation_first_response_seconds: {
    type: 'histogram',
    labels: ['flow', 'channel', 'line', 'responder'],
    buckets: 'response',
    help: 'Response time of the first response of a session or of a responder.',
  },
  conversation_response_seconds: {
    type: 'histogram',
    labels: ['flow', 'channel', 'line', 'responder'],
    buckets: 'response',
    help: 'Time from the receipt of a message to the acceptance of the first answer to it.',
  },
  conversation_felt_response_seconds: {
    type: 'histogram',
    labels: ['channel', 'line'],
    buckets: 'response',
    help: 'Response time on the clock of the channel, as the user felt it.',
  },
  conversation_inbound_delay_seconds: {
    type: 'histogram',
    labels: ['channel', 'line'],
    buckets: 'response',
    help: 'Time the channel took to hand over a message.',
  },
  conversation_delivery_seconds: {
    type: 'histogram',
    labels: ['channel', 'line', 'stage'],
    buckets: 'delivery',
    help: 'Time from handing a message to the channel until it was sent, delivered or read.',
  },
  conversation_node_messages_total: {
    type: 'counter',
    labels: ['flow', 'node', 'status'],
    help: 'Delivery statuses of the messages of a node.',
  },
  conversation_journey_seconds: {
    type: 'histogram',
    labels: ['flow', 'outcome'],
    buckets: 'journey',
    help: 'Duration of journeys.',
  },
  conversation_journey_turns: {
    type: 'histogram',
    labels: ['flow', 'outcome'],
    buckets: 'turns',
    help: 'Inbound messages that journeys took.',
  },
  conversation_waiting: {
    type: 'gauge',
    labels: ['flow', 'node'],
    help: 'People who owe an answer now, stalled ones included.',
  },
  conversation_stalled: {
    type: 'gauge',
    labels: ['flow', 'node'],
    help: 'People who have owed an answer for so long that they count as stalled.',
  },
  conversation_unanswered: {
    type: 'gauge',
    labels: ['channel', 'line'],
    help: 'People whom nobody has answered yet.',
  },
  conversation_oldest_unanswered_timestamp_seconds: {
    type: 'gauge',
    labels: ['channel', 'line'],
    aggregator: 'min',
    help: 'When the oldest message without an answer came; no sample when there is none.',
  },
  conversation_drop_after_seconds: {
    type: 'gauge',
    labels: ['flow'],
    aggregator: 'max',
    help: 'Silence after which a visit counts as dropped.',
  },
  conversation_settled_until_timestamp_seconds: {
    type: 'gauge',
    labels: [],
    aggregator: 'min',
    help: 'Numbers about anything older than this are final.',
  },
  conversation_experiment_exposures_total: {
    type: 'counter',
    labels: ['experiment', 'variant'],
    help: 'Users who were shown a variant for the first time.',
  },
  conversation_experiment_conversions_total: {
    type: 'counter',
    labels: ['experiment', 'variant', 'goal'],
    help: 'Users who reached the goal after they had been shown a variant, each once.',
  },
  conversation_experiment_paused: {
    type: 'gauge',
    labels: ['experiment', 'variant'],
    aggregator: 'max',
    help: 'Whether a variant is paused: 1 while its users get the control.',
  },
  conversation_flow_info: {
    type: 'gauge',
    labels: ['flow', 'version'],
    aggregator: 'max',
    help: 'Version of the flow that runs now; always 1.',
  },
  conversation_flow_changed_timestamp_seconds: {
    type: 'gauge',
    labels: ['flow', 'version'],
    aggregator: 'max',
    help: 'When a flow that was known already changed to this version.',
  },
} as const;
