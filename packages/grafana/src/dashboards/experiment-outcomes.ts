import { wilsonLower, wilsonUpper } from '../promql';
import { IN_VARIANT, orZero, ratio, step, total } from './queries';
import { column, range } from './targets';
import { createLines } from './visuals/lines';
import { createTable } from './visuals/table';

const BY = 'flow, variant';
const ENDED = 'conversation_journeys_ended_total';

/** Every variant with its completion and drop-off, and the bounds between which they lie. */
export function createVariants(): ReturnType<typeof createTable> {
  const ended = total(ENDED, { by: BY, where: IN_VARIANT });
  const completed = count('completed', ended);
  const dropped = count('dropped', ended);
  return createTable(
    {
      key: 'variants',
      title: 'In which variant do more journeys complete?',
      description:
        'Journeys of each variant that ended in the time range, and the shares that were completed and dropped, with bounds. One user may have several.',
      unit: 'short',
      height: 8,
      targets: [
        column(`round(${ended})`, 'ended'),
        column(ratio(completed, ended), 'completion'),
        column(wilsonLower(completed, ended), 'completionLower'),
        column(wilsonUpper(completed, ended), 'completionUpper'),
        column(ratio(dropped, ended), 'dropoff'),
        column(wilsonLower(dropped, ended), 'dropoffLower'),
        column(wilsonUpper(dropped, ended), 'dropoffUpper'),
      ],
    },
    {
      columns: [
        { from: 'flow', title: 'Flow' },
        { from: 'variant', title: 'Variant' },
        { from: 'ended', title: 'Ended', width: 90 },
        { from: 'completion', title: 'Completion', unit: 'percentunit', width: 110 },
        { from: 'completionLower', title: 'At least', unit: 'percentunit', width: 100 },
        { from: 'completionUpper', title: 'At most', unit: 'percentunit', width: 100 },
        { from: 'dropoff', title: 'Drop-off', unit: 'percentunit', width: 110 },
        { from: 'dropoffLower', title: 'Drop-off at least', unit: 'percentunit', width: 150 },
        { from: 'dropoffUpper', title: 'Drop-off at most', unit: 'percentunit', width: 150 },
      ],
      sortBy: 'Completion',
    },
  );
}

/** How one outcome of the variants went over time. */
export function createCompletion(outcome: 'completed' | 'dropped'): ReturnType<typeof createLines> {
  const ended = step(ENDED, { by: BY, where: IN_VARIANT });
  const part = step(ENDED, { by: BY, where: `${IN_VARIANT}, outcome="${outcome}"` });
  return createLines(
    {
      key: `variants-${outcome}`,
      title: outcome === 'completed' ? 'How many finish?' : 'How many give up?',
      description: `Share of the ended journeys of each variant that were ${outcome}, per six hours at least.`,
      unit: 'percentunit',
      height: 8,
      targets: [range(ratio(part, ended), '{{flow}}: {{variant}}')],
    },
    { interval: '6h', max: 1, legend: ['mean', 'lastNotNull'] },
  );
}

function count(outcome: string, ended: string): string {
  return orZero(total(ENDED, { by: BY, where: `${IN_VARIANT}, outcome="${outcome}"` }), ended);
}
