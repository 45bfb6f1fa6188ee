import type { Timestamp, TraceRef } from '@turnspan/core';

/** The kinds of metric that exist here. */
export type MetricType = 'counter' | 'gauge' | 'histogram';

/** How the values of several worker processes become one. */
export type Aggregator = 'sum' | 'min' | 'max' | 'first';

/** Names of labels and their values. */
export type Labels = Readonly<Record<string, string | number>>;

/** Points from a bucket of a histogram to the trace of one observation in it. */
export interface Exemplar {
  readonly labelSet: Labels;
  readonly value: number;
  /** Seconds since the Unix epoch. */
  readonly timestamp: number;
}

/** One line of an exposition, as both clients print it. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
  /** Where the name of the line is not the one of the metric, as in `…_bucket`. */
  readonly metricName?: string;
  /** Labels that all lines of a series have; the clients keep their printed form per object. */
  readonly sharedLabels?: Labels;
  readonly exemplar?: Exemplar | undefined;
}

/** What a registry asks a metric for, once per scrape. */
export interface MetricState {
  readonly name: string;
  readonly help: string;
  readonly type: MetricType;
  readonly aggregator: Aggregator;
  readonly values: readonly Sample[];
}

/** What a registry of either client needs of a metric. */
export interface RegistryMetric {
  get(): Promise<unknown>;
  reset(): void;
}

/** The part of a registry that takes metrics; `Registry` of both clients has it. */
export interface MetricsRegistry {
  registerMetric(metric: RegistryMetric): void;
  removeSingleMetric(name: string): void;
}

/** The part of a registry that is scraped; `Registry` of both clients has it. */
export interface ScrapedRegistry {
  readonly contentType: string;
  metrics(): Promise<string>;
  getMetricsAsArray(): readonly object[];
}

/** Metrics in a format. */
export interface Exposition {
  readonly contentType: string;
  readonly text: string;
}

/** When something was measured, and in which turn. */
export interface Occasion {
  readonly at: Timestamp;
  readonly turn?: { readonly trace: TraceRef | undefined } | undefined;
}
