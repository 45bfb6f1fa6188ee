import type { BucketScale } from './buckets';
import { CONVERSATION_METRICS } from './conversation-metrics';
import type { Aggregator, MetricType } from './types';
import { WHATSAPP_METRICS } from './whatsapp-metrics';

const OWN_METRICS = {
  turnspan_contained_errors_total: {
    type: 'counter',
    labels: [],
    help: 'Failures of Turnspan that were kept from the bot.',
  },
  turnspan_label_overflow_total: {
    type: 'counter',
    labels: ['label'],
    help: 'Label values that were replaced because their label was at its cap.',
  },
  turnspan_sweep_lag_seconds: {
    type: 'gauge',
    labels: [],
    aggregator: 'max',
    help: 'How long the oldest passed deadline has been waiting for the sweeper.',
  },
  turnspan_journal_queue: {
    type: 'gauge',
    labels: [],
    help: 'Records of the journal that wait in memory to be written.',
  },
  turnspan_journal_dropped_total: {
    type: 'counter',
    labels: [],
    help: 'Records of the journal that are lost: the queue was full, or they were refused.',
  },
  turnspan_investigations_total: {
    type: 'counter',
    labels: ['trigger'],
    help: 'Investigations that were made because something changed for the worse.',
  },
  turnspan_clock_skews_total: {
    type: 'counter',
    labels: [],
    help: 'Negative differences of two times, counted as 0.',
  },
} as const;

type Table = typeof CONVERSATION_METRICS & typeof WHATSAPP_METRICS & typeof OWN_METRICS;

/** Name of a metric. */
export type MetricName = keyof Table;

/** What a metric is. */
export interface MetricDefinition {
  readonly type: MetricType;
  /** One sentence, printed as `# HELP`. */
  readonly help: string;
  readonly labels: readonly string[];
  /** Bounds of a histogram. */
  readonly buckets?: BucketScale;
  /**
   * How the values of several worker processes become one.
   * @default 'sum'
   */
  readonly aggregator?: Aggregator;
}

/** Every metric by name: what is exported, what the README lists and what dashboards ask for. */
export const METRICS: Readonly<Record<MetricName, MetricDefinition>> = {
  ...CONVERSATION_METRICS,
  ...WHATSAPP_METRICS,
  ...OWN_METRICS,
};

/** Kind of a metric. */
export type TypeOf<N extends MetricName> = Table[N]['type'];

/** A value for each label of a metric, in the order of the table. */
export type LabelValues<N extends MetricName> = ValuesOf<Table[N]['labels']>;

type ValuesOf<Names extends readonly string[]> = { readonly [I in keyof Names]: string };
