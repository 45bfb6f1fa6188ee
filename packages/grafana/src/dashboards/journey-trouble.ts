import { RECORDED } from '../recorded';
import type { Section } from './dashboard';
import { recordedQuantile, STEP, selectRecorded, step, sum, total } from './queries';
import { column, latest, range, recordedBuckets } from './targets';
import { createHeatMap } from './visuals/heat-map';
import { createBars } from './visuals/lines';
import { createRanking } from './visuals/numbers';
import { createTable } from './visuals/table';

const PLACE = 'flow, node';

/** Where people do not understand, and where they go round in circles. */
export function createTroubleSection(): Section {
  return {
    title: 'Where do people not get along?',
    stacks: [
      { width: 8, panels: [createConfusion()] },
      { width: 8, panels: [createLoops()] },
      { width: 8, panels: [createSignals(), createLoopsOverTime()] },
    ],
  };
}

/** How long people take to answer. */
export function createWaitSection(): Section {
  return {
    title: 'How long do people take?',
    stacks: [
      { width: 14, panels: [createWaits()] },
      { width: 10, panels: [createSlowNodes()] },
    ],
  };
}

function createConfusion(): ReturnType<typeof createRanking> {
  return createRanking({
    key: 'confusion',
    title: 'Which node confuses people?',
    description:
      'Signs of confusion per visit in the last day, the ten highest, of nodes with 20 visits at least. Needs the recording rules.',
    unit: 'percentunit',
    height: 12,
    targets: [latest(toWorst(RECORDED.confusion.recent), '{{flow}}/{{node}}')],
  });
}

function createLoops(): ReturnType<typeof createRanking> {
  return createRanking({
    key: 'loops',
    title: 'Where do people go round in circles?',
    description:
      'Loops per visit in the last day, the ten highest, of nodes with 20 visits at least. Needs the recording rules.',
    unit: 'percentunit',
    height: 12,
    targets: [latest(toWorst(RECORDED.loops.recent), '{{flow}}/{{node}}')],
  });
}

function toWorst({ ratio, whole }: { readonly ratio: string; readonly whole: string }): string {
  const enough = `on (job, ${PLACE}) ${selectRecorded(whole)} >= 20`;
  return `topk(10, max by (${PLACE}) (${selectRecorded(ratio)} > 0 and ${enough}))`;
}

function createSignals(): ReturnType<typeof createBars> {
  return createBars(
    {
      key: 'signals',
      title: 'How does confusion show?',
      description:
        'Signs of confusion by kind: nothing matched, a plea for help or for a person, a step back, the same input twice, media where text was expected.',
      unit: 'short',
      height: 6,
      targets: [
        range(`${step('conversation_node_confusions_total', { by: 'signal' })} > 0`, '{{signal}}'),
      ],
    },
    { interval: '15m' },
  );
}

function createLoopsOverTime(): ReturnType<typeof createBars> {
  return createBars(
    {
      key: 'loops-over-time',
      title: 'How many questions are in a loop?',
      description: 'Loops noticed, by the number of questions in the cycle.',
      unit: 'short',
      height: 6,
      targets: [
        range(
          `${step('conversation_node_loops_total', { by: 'period' })} > 0`,
          '{{period}} in the cycle',
        ),
      ],
    },
    { interval: '15m' },
  );
}

function createWaits(): ReturnType<typeof createHeatMap> {
  const answers = selectRecorded(RECORDED.replyWait.nodes);
  return createHeatMap({
    key: 'reply-wait',
    title: 'How long do people take to answer?',
    description:
      'Answers of each hour by the time they took. Who never answered is not in it. Needs the recording rules.',
    unit: 's',
    height: 10,
    targets: [recordedBuckets(sum(answers, 'le'))],
  }).interval(STEP);
}

function createSlowNodes(): ReturnType<typeof createTable> {
  const { nodes } = RECORDED.replyWait;
  return createTable(
    {
      key: 'slow-nodes',
      title: 'At which questions do people take long?',
      description:
        'In the whole hours of the time range: half of the answers took no longer than the median, nine of ten no longer than the last column. Silent is who had not answered when it counted as stalled. Needs the recording rules.',
      unit: 's',
      height: 10,
      targets: [
        column(recordedQuantile(0.5, nodes, { by: PLACE }), 'median'),
        column(recordedQuantile(0.9, nodes, { by: PLACE }), 'ninety'),
        column(`round(${total('conversation_node_stalls_total', { by: PLACE })})`, 'stalls'),
      ],
    },
    {
      columns: [
        { from: 'flow', title: 'Flow' },
        { from: 'node', title: 'Node' },
        { from: 'stalls', title: 'Silent', unit: 'short', width: 80 },
        { from: 'median', title: 'Median', width: 100 },
        { from: 'ninety', title: 'Nine of ten', width: 110 },
      ],
      sortBy: 'Median',
    },
  );
}
