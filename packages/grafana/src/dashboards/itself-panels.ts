import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
} from '@grafana/grafana-foundation-sdk/common';
import type { MetricName } from '@turnspan/prometheus';
import { DEFAULT_CONFIG } from '../config';
import { select, shared, step, sum } from './queries';
import { latest, range } from './targets';
import { createThresholds } from './thresholds';
import { createBars, createLines } from './visuals/lines';
import { createNumber } from './visuals/numbers';

/** Since when numbers may still change. */
export function createSettled(): ReturnType<typeof createNumber> {
  const settled = select('conversation_settled_until_timestamp_seconds');
  return createNumber({
    key: 'settled',
    title: 'Until when are numbers final?',
    description: 'Numbers about anything older than this do not change any more.',
    unit: 'dateTimeFromNow',
    height: 8,
    targets: [latest(`min(${settled}) * 1000`, 'final until')],
  });
}

/** Whether deadlines are noticed in time. */
export function createLag(): ReturnType<typeof createLines> {
  return createLines(
    {
      key: 'sweep-lag',
      title: 'Are deadlines noticed in time?',
      description:
        'How long the oldest passed deadline has been waiting for the sweeper. Drops bear the time of their deadline, however late they are noticed.',
      unit: 's',
      height: 8,
      targets: [range(shared('turnspan_sweep_lag_seconds', { by: 'instance' }), '{{instance}}')],
    },
    { legend: ['lastNotNull', 'max'] },
  )
    .thresholds(createThresholds({ red: DEFAULT_CONFIG.thresholds.sweepLag }))
    .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
}

/** What went wrong without the bot noticing. */
export function createErrors(): ReturnType<typeof createBars> {
  return createCounts('turnspan_contained_errors_total', {
    key: 'contained-errors',
    title: 'Does anything go wrong in here?',
    description: 'Failures of Turnspan that were kept from the bot.',
    height: 8,
    by: 'instance',
  });
}

/** Which labels are at their cap. */
export function createOverflows(): ReturnType<typeof createBars> {
  return createCounts('turnspan_label_overflow_total', {
    key: 'label-overflows',
    title: 'Is anything lumped together?',
    description: 'Label values that were replaced because their label was at its cap.',
    height: 8,
    by: 'label',
  });
}

/** How far the journal is behind. */
export function createJournalQueue(): ReturnType<typeof createLines> {
  return createLines(
    {
      key: 'journal-queue',
      title: 'Does the journal keep up?',
      description: 'Records of the journal that wait in memory to be written.',
      unit: 'short',
      height: 8,
      targets: [range(sum(select('turnspan_journal_queue'), 'instance'), '{{instance}}')],
    },
    { legend: ['lastNotNull', 'max'] },
  );
}

/** What the journal lost. */
export function createLosses(): ReturnType<typeof createBars> {
  return createCounts('turnspan_journal_dropped_total', {
    key: 'journal-losses',
    title: 'Is anything lost?',
    description: 'Records of the journal that are lost: the queue was full, or they were refused.',
    height: 8,
    by: 'instance',
  });
}

/** Whether clocks agree. */
export function createSkews(): ReturnType<typeof createBars> {
  return createCounts('turnspan_clock_skews_total', {
    key: 'clock-skews',
    title: 'Do the clocks agree?',
    description: 'Negative differences of two times, counted as 0.',
    height: 8,
    by: 'instance',
  });
}

interface Counts {
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly height: number;
  readonly by: string;
}

function createCounts(metric: MetricName, { by, ...frame }: Counts): ReturnType<typeof createBars> {
  return createBars(
    { ...frame, unit: 'short', targets: [range(step(metric, { by }), `{{${by}}}`)] },
    { interval: '5m', legend: ['sum'] },
  );
}
