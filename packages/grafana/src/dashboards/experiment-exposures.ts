import { wilsonLower, wilsonUpper } from '../promql';
import { orZero, ratio, shared, step, total } from './queries';
import { column, range } from './targets';
import { createLines } from './visuals/lines';
import { toMappings } from './visuals/state-timeline';
import { createTable } from './visuals/table';

const BY = 'experiment, variant';
const EXPOSURES = 'conversation_experiment_exposures_total';
const CONVERSIONS = 'conversation_experiment_conversions_total';
const LEGEND = '{{experiment}}: {{variant}}';

const PAUSED = toMappings([
  { code: 0, text: 'running', color: 'green' },
  { code: 1, text: 'paused', color: 'orange' },
]);

/** Every variant with its share of the users, its conversion rate, and the bounds of both. */
export function createConversions(): ReturnType<typeof createTable> {
  const exposed = total(EXPOSURES, { by: BY });
  const converted = orZero(total(CONVERSIONS, { by: BY }), exposed);
  const all = besideEach(exposed, total(EXPOSURES, { by: 'experiment', across: 'variant' }));
  return createTable(
    {
      key: 'variant-conversions',
      title: 'Which variant converts better?',
      description:
        'Users who were shown each variant in the time range, and the share that reached the goal. The truth lies between the bounds 95 times in 100: while those of two variants overlap, nobody can say which is better. If the split that you chose does not lie between the bounds of the split, something is wrong with the experiment, and its rates say nothing. Choose a time range that begins before the experiment.',
      unit: 'short',
      height: 8,
      targets: [
        column(shared('conversation_experiment_paused', { by: BY }), 'paused'),
        column(`round(${exposed})`, 'exposed'),
        column(ratio(exposed, all), 'split'),
        column(wilsonLower(exposed, all), 'splitLower'),
        column(wilsonUpper(exposed, all), 'splitUpper'),
        column(`round(${converted})`, 'converted'),
        column(ratio(converted, exposed), 'conversion'),
        column(wilsonLower(converted, exposed), 'conversionLower'),
        column(wilsonUpper(converted, exposed), 'conversionUpper'),
      ],
    },
    {
      columns: [
        { from: 'experiment', title: 'Experiment' },
        { from: 'variant', title: 'Variant' },
        { from: 'paused', title: 'State', width: 90, mappings: PAUSED },
        { from: 'exposed', title: 'Exposed', width: 90 },
        { from: 'split', title: 'Split', unit: 'percentunit', width: 90 },
        { from: 'splitLower', title: 'Split at least', unit: 'percentunit', width: 120 },
        { from: 'splitUpper', title: 'Split at most', unit: 'percentunit', width: 120 },
        { from: 'converted', title: 'Converted', width: 100 },
        { from: 'conversion', title: 'Conversion', unit: 'percentunit', width: 110 },
        { from: 'conversionLower', title: 'At least', unit: 'percentunit', width: 100 },
        { from: 'conversionUpper', title: 'At most', unit: 'percentunit', width: 100 },
      ],
      sortBy: 'Conversion',
    },
  );
}

/** How the conversion rate of the variants went over time. */
export function createConversionRates(): ReturnType<typeof createLines> {
  return createLines(
    {
      key: 'variant-conversion-rates',
      title: 'How many reach the goal?',
      description:
        'Users of each variant who reached the goal per user who was shown it, per day at least. Whoever reaches it on a later day counts on that day, so a single day may be above 100 %.',
      unit: 'percentunit',
      height: 8,
      targets: [range(ratio(step(CONVERSIONS, { by: BY }), step(EXPOSURES, { by: BY })), LEGEND)],
    },
    { interval: '1d', legend: ['mean', 'lastNotNull'] },
  );
}

/** How the users were shared out over time. */
export function createSplits(): ReturnType<typeof createLines> {
  const exposed = step(EXPOSURES, { by: BY });
  const all = besideEach(exposed, step(EXPOSURES, { by: 'experiment', across: 'variant' }));
  return createLines(
    {
      key: 'variant-splits',
      title: 'How are users split?',
      description:
        'Share of the users of each experiment who were shown a variant, per day at least. A line that leaves the split that you chose says since when something is wrong.',
      unit: 'percentunit',
      height: 8,
      targets: [range(ratio(exposed, all), LEGEND)],
    },
    { interval: '1d', max: 1, legend: ['mean', 'lastNotNull'] },
  );
}

/** What all variants of an experiment have together, beside each of them. */
function besideEach(part: string, whole: string): string {
  return `(0 * ${part} + on (experiment) group_left () ${whole})`;
}
