import { quantile, ratio, step, total } from './queries';
import { column, latest, range, rangeWithTraces } from './targets';
import { createBars, createLines } from './visuals/lines';
import { createRanking } from './visuals/numbers';
import { createTable } from './visuals/table';

const QUARTERLY = { interval: '15m', legend: ['sum'] };

/** What becomes of messages. */
export function createStatuses(): ReturnType<typeof createLines> {
  return createLines(
    {
      key: 'statuses',
      title: 'What becomes of messages?',
      description: 'Delivery statuses of WhatsApp messages, by billing category.',
      unit: 'short',
      height: 9,
      targets: [
        range(
          step('whatsapp_messages_total', { by: 'status, category' }),
          '{{status}}, {{category}}',
        ),
      ],
    },
    QUARTERLY,
  );
}

/** How long messages are on their way. */
export function createTimes(): ReturnType<typeof createLines> {
  const delivery = 'conversation_delivery_seconds';
  return createLines(
    {
      key: 'delivery-times',
      title: 'How long are messages on their way?',
      description: 'From handing a message over until it was sent, delivered or read.',
      unit: 's',
      height: 9,
      targets: [
        rangeWithTraces(quantile(0.5, delivery, { by: 'stage' }), '{{stage}}, median'),
        rangeWithTraces(quantile(0.9, delivery, { by: 'stage' }), '{{stage}}, nine of ten'),
      ],
    },
    { interval: '15m', legend: ['mean', 'max'], traces: true },
  );
}

/** Why messages fail. */
export function createFailures(): ReturnType<typeof createBars> {
  return createBars(
    {
      key: 'failures',
      title: 'Why do messages fail?',
      description: 'WhatsApp messages that failed, by class of reason and code of Meta.',
      unit: 'short',
      height: 9,
      targets: [
        range(
          `${step('whatsapp_message_failures_total', { by: 'class, code' })} > 0`,
          '{{class}} ({{code}})',
        ),
      ],
    },
    QUARTERLY,
  );
}

/** Which nodes send what does not arrive. */
export function createFailuresByNode(): ReturnType<typeof createTable> {
  const messages = 'conversation_node_messages_total';
  const by = 'flow, node';
  const failed = total(messages, { by, where: 'status="failed"' });
  const all = total(messages, { by, where: 'status=~"sent|failed"' });
  const read = total(messages, { by, where: 'status="read"' });
  const delivered = total(messages, { by, where: 'status="delivered"' });
  return createTable(
    {
      key: 'failures-by-node',
      title: 'Which messages do not arrive, and which are not read?',
      description: 'Messages of each node that were sent or failed in the time range.',
      unit: 'short',
      height: 9,
      targets: [
        column(`round(${all})`, 'sent'),
        column(ratio(failed, all), 'failed'),
        column(ratio(read, delivered), 'read'),
      ],
    },
    {
      columns: [
        { from: 'flow', title: 'Flow' },
        { from: 'node', title: 'Node' },
        { from: 'sent', title: 'Sent or failed', width: 120 },
        { from: 'failed', title: 'Failed', unit: 'percentunit', bar: true },
        { from: 'read', title: 'Read', unit: 'percentunit', width: 90 },
      ],
      sortBy: 'Failed',
    },
  );
}

/** After which messages people opt out. */
export function createOptOutsByNode(): ReturnType<typeof createRanking> {
  return createRanking({
    key: 'opt-outs-by-node',
    title: 'After which message do people opt out?',
    description: 'People who opted out in the time range, by the last message before it.',
    unit: 'short',
    height: 10,
    targets: [
      latest(
        `topk(10, round(${total('whatsapp_opt_outs_total', { by: 'flow, node' })}) > 0)`,
        '{{flow}}/{{node}}',
      ),
    ],
  });
}
