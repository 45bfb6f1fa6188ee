import {
  contain,
  type Observer,
  type OnError,
  type QualityFact,
  type Snapshot,
  type Timestamp,
} from '@turnspan/core';
import { collectJournal, type JournalProgress } from './journal-metrics';
import { CAPPED_LABELS, type LabelCaps } from './label-caps';
import { LabelLimits } from './label-limits';
import { createMetricSet, type MetricSet, registerMetricSet } from './metric-set';
import { collectQuality } from './quality-gauges';
import { recordEvent } from './record-event';
import { recordConversion, recordPause, type VariantRef } from './record-experiment';
import { recordGraphRequest, recordGraphUsage } from './record-graph';
import type { Recorder } from './recorder';
import { collectSnapshot } from './snapshot-gauges';
import type { MetricsRegistry } from './types';

/** How events become metrics. */
export interface PrometheusObserverOptions {
  /** The registry that takes the metrics: a `Registry` of `prom-client` or `@prometheus-io/client`. */
  readonly registry: MetricsRegistry;
  /** What is true at this moment; read once per scrape. */
  readonly snapshot: () => Snapshot;
  /**
   * All that is known of the business's quality at this moment; read once per scrape.
   * @default nothing is known, and the gauges about it have no samples
   */
  readonly quality?: () => readonly QualityFact[];
  /**
   * How the journal gets on; read once per scrape.
   * @default there is no journal, and its queue has no sample
   */
  readonly journal?: () => JournalProgress;
  /**
   * Tells whether a pause or a restriction has ended by itself.
   * @default Date.now
   */
  readonly now?: () => Timestamp;
  /**
   * How many distinct values each label may have.
   * @default 50 flows, 300 nodes, 1200 edges, 20 experiments, 4 variants a flow, 20 channels, 50 lines, 20 categories, 100 codes, 50 fields, 200 templates, 50 accounts, 100 events, 100 words, 50 endpoints
   */
  readonly caps?: LabelCaps;
  /**
   * Hears of failures in here, which `turnspan_contained_errors_total` counts already: do not send
   * them through the tracker, which would count them again.
   * @default they are only counted
   */
  readonly onError?: OnError;
}

/** Metrics that follow the tracker. */
export interface PrometheusObserver {
  /** To be given to the tracker; never throws. */
  readonly observe: Observer;
  /** Takes how much of a rate limit of the Graph API is used up, as a ratio; never throws. */
  graphUsage(kind: string, ratio: number): void;
  /** Counts a request to the Graph API by what came of it; never throws. */
  graphRequest(endpoint: string, result: string): void;
  /** Counts a user who reached the goal of an experiment; never throws. */
  converted(shown: VariantRef, goal: string): void;
  /** Notes whether a variant of an experiment is paused; never throws. */
  paused(shown: VariantRef, isPaused: boolean): void;
  /** Counts investigations by what changed for the worse; 0 begins the series. Never throws. */
  investigated(trigger: string, count: 0 | 1): void;
  /** Counts a failure of another part that was kept from the bot; never throws, and tells nobody else. */
  contained(): void;
  /** Takes the metrics out of the registry. */
  unregister(): void;
}

/**
 * Registers the metrics of {@link METRICS} and keeps them up to date with what the tracker tells.
 *
 * @example
 * const { observe } = createPrometheusObserver({ registry: register, snapshot });
 */
export function createPrometheusObserver({
  registry,
  snapshot,
  quality,
  journal,
  now = Date.now,
  caps = {},
  onError = () => undefined,
}: PrometheusObserverOptions): PrometheusObserver {
  const metrics = createMetricSet();
  const recorder = createRecorder(metrics, caps);
  const report: OnError = (error) => {
    metrics.turnspan_contained_errors_total.inc();
    onError(error);
  };
  collectSnapshot(recorder, { snapshot, onError: report });
  if (quality !== undefined) collectQuality(recorder, { quality, now, onError: report });
  if (journal !== undefined) collectJournal(metrics, { journal, onError: report });
  const unregister = registerMetricSet(metrics, registry);
  return {
    observe: contain((event) => recordEvent(recorder, event), report),
    graphUsage: contain((kind, ratio) => recordGraphUsage(recorder, kind, ratio), report),
    graphRequest: contain((endpoint, result) => {
      recordGraphRequest(recorder, endpoint, result);
    }, report),
    converted: contain((shown, goal) => recordConversion(recorder, shown, goal), report),
    paused: contain((shown, isPaused) => recordPause(recorder, shown, isPaused), report),
    investigated: contain((trigger, count) => {
      if (count > 0) metrics.turnspan_investigations_total.inc(trigger);
      else metrics.turnspan_investigations_total.start(trigger);
    }, report),
    contained: () => metrics.turnspan_contained_errors_total.inc(),
    unregister,
  };
}

function createRecorder(metrics: MetricSet, caps: LabelCaps): Recorder {
  const overflow = metrics.turnspan_label_overflow_total;
  for (const label of Object.values(CAPPED_LABELS)) overflow.start(label);
  const limits = new LabelLimits(caps, (label) => overflow.inc(label));
  return { metrics, limits, versions: new Map() };
}
