import { wilsonLower, wilsonUpper } from '../promql';
import { RECORDED } from '../recorded';
import { IN_VARIANT, orZero, ratio, recordedQuantile, total } from './queries';
import { column, latest } from './targets';
import { createRanking } from './visuals/numbers';
import { createTable } from './visuals/table';

const NODE = 'flow, node, variant';
const VARIANT = 'flow, variant';

/** The drop-off of each node in each variant. */
export function createVariantNodes(): ReturnType<typeof createTable> {
  const exits = 'conversation_node_exits_total';
  const settled = total(exits, { by: NODE, where: IN_VARIANT });
  const part = total(exits, { by: NODE, where: `${IN_VARIANT}, outcome="dropped"` });
  const dropped = orZero(part, settled);
  return createTable(
    {
      key: 'variant-nodes',
      title: 'Which node loses more people in which variant?',
      description: 'Settled visits in the time range, and the share that was dropped, with bounds.',
      unit: 'short',
      height: 14,
      targets: [
        column(`round(${settled})`, 'settled'),
        column(ratio(dropped, settled), 'dropoff'),
        column(wilsonLower(dropped, settled), 'lower'),
        column(wilsonUpper(dropped, settled), 'upper'),
      ],
    },
    {
      columns: [
        { from: 'flow', title: 'Flow' },
        { from: 'node', title: 'Node' },
        { from: 'variant', title: 'Variant' },
        { from: 'settled', title: 'Settled', width: 90 },
        { from: 'dropoff', title: 'Drop-off', unit: 'percentunit', bar: true },
        { from: 'lower', title: 'At least', unit: 'percentunit', width: 90 },
        { from: 'upper', title: 'At most', unit: 'percentunit', width: 90 },
      ],
      sortBy: 'At least',
    },
  );
}

/** How long people take to answer in each variant. */
export function createVariantWaits(): ReturnType<typeof createRanking> {
  return createRanking({
    key: 'variant-waits',
    title: 'In which variant do people take longer to answer?',
    description:
      'Median time people took to answer a question, in the whole hours of the time range. Needs the recording rules.',
    unit: 's',
    height: 7,
    targets: [
      latest(
        recordedQuantile(0.5, RECORDED.replyWait.variants, { by: VARIANT }),
        '{{flow}}: {{variant}}',
      ),
    ],
  });
}

/** How often people are confused in each variant. */
export function createVariantSigns(): ReturnType<typeof createRanking> {
  const signs = total('conversation_node_confusions_total', { by: VARIANT, where: IN_VARIANT });
  const visits = total('conversation_node_entries_total', { by: VARIANT, where: IN_VARIANT });
  return createRanking({
    key: 'variant-signs',
    title: 'Which variant confuses more?',
    description: 'Signs of confusion per visit, in the time range.',
    unit: 'percentunit',
    height: 7,
    targets: [latest(ratio(signs, visits), '{{flow}}: {{variant}}')],
  });
}
