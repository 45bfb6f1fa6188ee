/** The metrics of WhatsApp: what Meta thinks of the business, and what becomes of its messages. */
export const WHATSAPP_METRICS = {
  whatsapp_phone_quality_rating: {
    type: 'gauge',
    labels: ['line', 'rating'],
    aggregator: 'max',
    help: '1 for the rating that a phone number has, 0 for the others.',
  },
  whatsapp_phone_quality_score: {
    type: 'gauge',
    labels: ['line'],
    aggregator: 'min',
    help: 'Rating of a phone number: 3 green, 2 yellow, 1 red; no sample when unknown.',
  },
  whatsapp_phone_status: {
    type: 'gauge',
    labels: ['line', 'status'],
    aggregator: 'max',
    help: '1 for the status that a phone number has, 0 for the others.',
  },
  whatsapp_messaging_limit: {
    type: 'gauge',
    labels: ['scope', 'id'],
    aggregator: 'first',
    help: 'People who may be written to first within 24 hours; +Inf where there is no limit.',
  },
  whatsapp_throughput_level: {
    type: 'gauge',
    labels: ['line', 'level'],
    aggregator: 'max',
    help: '1 for the level of throughput that a phone number has, 0 for the others.',
  },
  whatsapp_template_status: {
    type: 'gauge',
    labels: ['template', 'language', 'status'],
    aggregator: 'max',
    help: '1 for the status that a template has, 0 for the others.',
  },
  whatsapp_template_quality_rating: {
    type: 'gauge',
    labels: ['template', 'language', 'rating'],
    aggregator: 'max',
    help: '1 for the rating that a template has, 0 for the others.',
  },
  whatsapp_template_quality_score: {
    type: 'gauge',
    labels: ['template', 'language'],
    aggregator: 'min',
    help: 'Rating of a template: 3 green, 2 yellow, 1 red; no sample when unknown.',
  },
  whatsapp_template_paused_until_timestamp_seconds: {
    type: 'gauge',
    labels: ['template', 'language'],
    aggregator: 'max',
    help: 'When the pause of a template ends; no sample when it is not paused.',
  },
  whatsapp_account_restricted: {
    type: 'gauge',
    labels: ['account', 'restriction'],
    aggregator: 'max',
    help: '1 while an account is restricted; no sample otherwise.',
  },
  whatsapp_account_restriction_until_timestamp_seconds: {
    type: 'gauge',
    labels: ['account', 'restriction'],
    aggregator: 'max',
    help: 'When a restriction of an account ends; no sample when it is open-ended.',
  },
  whatsapp_health: {
    type: 'gauge',
    labels: ['entity', 'id', 'can_send_message'],
    aggregator: 'max',
    help: '1 for what Meta says of the ability to send messages, 0 for the rest.',
  },
  whatsapp_state_changed_timestamp_seconds: {
    type: 'gauge',
    labels: ['kind', 'id'],
    aggregator: 'max',
    help: 'When anything about a number, template, account or portfolio last changed.',
  },
  whatsapp_state_observed_timestamp_seconds: {
    type: 'gauge',
    labels: ['kind', 'id', 'source'],
    aggregator: 'max',
    help: 'When a number, template, account or portfolio was last heard of by webhook or poll.',
  },
  whatsapp_quality_events_total: {
    type: 'counter',
    labels: ['kind', 'event'],
    help: 'Events that WhatsApp told about the business itself.',
  },
  whatsapp_messages_total: {
    type: 'counter',
    labels: ['line', 'category', 'status'],
    help: 'Delivery statuses of WhatsApp messages.',
  },
  whatsapp_message_failures_total: {
    type: 'counter',
    labels: ['line', 'class', 'code'],
    help: 'WhatsApp messages that failed, by the reason that Meta gave.',
  },
  whatsapp_opt_outs_total: {
    type: 'counter',
    labels: ['line', 'flow', 'node'],
    help: 'People who opted out of messages, by the last message before it.',
  },
  whatsapp_webhook_events_total: {
    type: 'counter',
    labels: ['field', 'result'],
    help: 'Updates received by webhook, by what was done with them.',
  },
  whatsapp_graph_usage_ratio: {
    type: 'gauge',
    labels: ['kind'],
    aggregator: 'max',
    help: 'Share of a rate limit of the Graph API that is used up.',
  },
  whatsapp_graph_requests_total: {
    type: 'counter',
    labels: ['endpoint', 'result'],
    help: 'Requests to the Graph API, by what came of them.',
  },
} as const;
