import { RECORDED } from '../recorded';
import { selectRecorded, shared, sum, total } from './queries';
import { column, latest } from './targets';
import { createRanking } from './visuals/numbers';
import { createTable } from './visuals/table';

const PLACE = 'flow, node';

/** The nodes with what becomes of their visits, and how sure that is. */
export function createFunnel(): ReturnType<typeof createTable> {
  const { recent, baseline } = RECORDED.dropoff;
  return createTable(
    {
      key: 'funnel',
      title: 'Which node loses people?',
      description:
        'Settled visits of the last day, and the share that was dropped: the truth lies between the two bounds, 95 times in 100. A node is worse than before where its lower bound is above the week before. Needs the recording rules.',
      unit: 'short',
      height: 12,
      targets: [
        column(`round(${sum(selectRecorded(recent.whole), PLACE)})`, 'settled'),
        column(`round(${sum(selectRecorded(recent.part), PLACE)})`, 'dropped'),
        column(`max by (${PLACE}) (${selectRecorded(recent.ratio)})`, 'ratio'),
        column(`min by (${PLACE}) (${selectRecorded(recent.lower)})`, 'lower'),
        column(`max by (${PLACE}) (${selectRecorded(recent.upper)})`, 'upper'),
        column(`max by (${PLACE}) (${selectRecorded(baseline.ratio)})`, 'before'),
        column(shared('conversation_waiting', { by: PLACE }), 'waiting'),
        column(shared('conversation_stalled', { by: PLACE }), 'stalled'),
        column(`round(${total('conversation_node_returns_total', { by: PLACE })})`, 'returned'),
      ],
    },
    {
      columns: [
        { from: 'flow', title: 'Flow' },
        { from: 'node', title: 'Node' },
        { from: 'settled', title: 'Settled', width: 90 },
        { from: 'dropped', title: 'Dropped', width: 90 },
        { from: 'ratio', title: 'Drop-off', unit: 'percentunit', bar: true },
        { from: 'lower', title: 'At least', unit: 'percentunit', width: 100 },
        { from: 'upper', title: 'At most', unit: 'percentunit', width: 100 },
        { from: 'before', title: 'Week before', unit: 'percentunit', width: 110 },
        { from: 'waiting', title: 'Waiting now', width: 110 },
        { from: 'stalled', title: 'Stalled now', width: 110 },
        { from: 'returned', title: 'Came back', width: 100 },
      ],
      sortBy: 'At least',
    },
  );
}

/** Nodes at which most people owe an answer. */
export function createWaitingNow(): ReturnType<typeof createRanking> {
  return createRanking({
    key: 'waiting-now',
    title: 'Where do people owe an answer now?',
    description: 'The ten nodes at which most people may still answer. They are not dropped.',
    unit: 'short',
    height: 9,
    targets: [
      latest(`topk(10, ${shared('conversation_waiting', { by: PLACE })} > 0)`, '{{flow}}/{{node}}'),
    ],
  });
}

/** Nodes of declared flows that nobody came to. */
export function createNeverReached(): ReturnType<typeof createTable> {
  return createTable(
    {
      key: 'never-reached',
      title: 'Which nodes did nobody reach?',
      description: 'Nodes of declared flows without a visit in the time range.',
      unit: 'short',
      height: 9,
      targets: [
        column(`${total('conversation_node_entries_total', { by: PLACE })} == 0`, 'visits'),
      ],
    },
    {
      columns: [
        { from: 'flow', title: 'Flow' },
        { from: 'node', title: 'Node' },
        { from: 'visits', title: 'Visits', width: 80 },
      ],
      sortBy: 'Visits',
    },
  );
}
