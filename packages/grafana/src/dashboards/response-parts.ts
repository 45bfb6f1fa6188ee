import { RECORDED } from '../recorded';
import { mean, quantile, selectRecorded, total, totalQuantile } from './queries';
import { column, range, rangeWithTraces } from './targets';
import { createLines } from './visuals/lines';
import { createTable } from './visuals/table';

const PROCESSING = 'conversation_node_processing_seconds';

/** Response time against the same hour of the last two weeks. */
export function createPeaks(): ReturnType<typeof createLines> {
  const { mean: now, meanSameWeekday: before } = RECORDED.response;
  const by = 'channel, responder';
  return createLines(
    {
      key: 'peaks',
      title: 'Is it slower than at the same hour of this weekday?',
      description:
        'Average response of the last hour, and the greater average of the same hour one and two weeks ago. Needs the recording rules.',
      unit: 's',
      height: 8,
      targets: [
        range(`max by (${by}) (${selectRecorded(now)})`, '{{responder}} on {{channel}}, now'),
        range(`max by (${by}) (${selectRecorded(before)})`, '{{responder}} on {{channel}}, before'),
      ],
    },
    { legend: ['lastNotNull', 'max'] },
  );
}

/** How long the bot takes for its part. */
export function createProcessing(): ReturnType<typeof createLines> {
  return createLines(
    {
      key: 'processing',
      title: 'How long does the bot take?',
      description:
        'Time the bot took at a node, from its entry until the message was taken, and from the answer until the next node.',
      unit: 's',
      height: 8,
      targets: [
        range(mean(PROCESSING), 'average'),
        rangeWithTraces(quantile(0.5, PROCESSING), 'median'),
        rangeWithTraces(quantile(0.9, PROCESSING), 'nine of ten'),
        rangeWithTraces(quantile(0.99, PROCESSING), '99 of 100'),
      ],
    },
    { interval: '5m', legend: ['mean', 'max'], traces: true },
  );
}

/** The nodes at which the bot takes longest. */
export function createSlowestNodes(): ReturnType<typeof createTable> {
  const by = 'flow, node';
  return createTable(
    {
      key: 'slowest-nodes',
      title: 'Which nodes make people wait?',
      description: 'Time the bot took at each node in the time range, for nine in ten visits.',
      unit: 's',
      height: 8,
      targets: [
        column(`topk(20, ${totalQuantile(0.9, PROCESSING, { by })})`, 'ninety'),
        column(`round(${total(PROCESSING, { part: '_count', by })})`, 'visits'),
      ],
    },
    {
      columns: [
        { from: 'flow', title: 'Flow' },
        { from: 'node', title: 'Node' },
        { from: 'ninety', title: 'Nine of ten', width: 120 },
        { from: 'visits', title: 'Visits', unit: 'short', width: 90 },
      ],
      sortBy: 'Nine of ten',
    },
  );
}
