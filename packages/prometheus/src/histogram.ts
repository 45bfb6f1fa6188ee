import type { TraceRef } from '@turnspan/core';
import { BUCKETS } from './buckets';
import { type Described, toMeasure, toState, withAllLabels } from './metric-state';
import type { MetricDefinition } from './metric-table';
import { SeriesMap } from './series-map';
import type { Exemplar, Labels, MetricState, Occasion, Sample } from './types';

interface HistogramSeries {
  readonly labels: Labels;
  /** Observations per bucket, not cumulative; the last one is `+Inf`. */
  readonly counts: Float64Array;
  /** The last exemplar per bucket; made with the first one, as most processes trace nothing. */
  exemplars: (Exemplar | undefined)[] | undefined;
  sum: number;
}

/** Observations per series, counted in buckets. */
export class Histogram<Values extends readonly string[]> implements Described {
  readonly name: string;
  readonly definition: MetricDefinition;
  readonly help: string;
  readonly type = 'histogram';
  readonly aggregator = 'sum';
  readonly #bounds: readonly number[];
  readonly #boundLabels: readonly Labels[];
  readonly #series: SeriesMap<HistogramSeries>;

  constructor(name: string, definition: MetricDefinition) {
    this.name = name;
    this.definition = definition;
    this.help = definition.help;
    this.#bounds = BUCKETS[definition.buckets ?? 'response'];
    this.#boundLabels = [...this.#bounds, '+Inf'].map((le) => ({ le }));
    this.#series = new SeriesMap(definition.labels, (labels) => this.#createSeries(labels));
  }

  /** Counts an observation, and keeps its trace as an exemplar if it has one. */
  observe(value: number, occasion: Occasion, ...values: Values): void {
    const measure = toMeasure(value);
    if (measure === undefined) return;
    const series = this.#series.at(values);
    const bucket = this.#bucketOf(measure);
    series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
    series.sum += measure;
    const trace = occasion.turn?.trace;
    if (trace === undefined) return;
    series.exemplars ??= [];
    series.exemplars[bucket] = toExemplar(trace, measure, occasion.at);
  }

  reset(): void {
    this.#series.clear();
  }

  async get(): Promise<MetricState> {
    return withAllLabels(await this.getForPromString());
  }

  async getForPromString(): Promise<MetricState> {
    const samples: Sample[] = [];
    for (const series of this.#series.all()) this.#appendSamples(samples, series);
    return toState(this, samples);
  }

  #createSeries(labels: Labels): HistogramSeries {
    const counts = new Float64Array(this.#bounds.length + 1);
    return { labels, counts, exemplars: undefined, sum: 0 };
  }

  #bucketOf(value: number): number {
    const index = this.#bounds.findIndex((bound) => value <= bound);
    return index === -1 ? this.#bounds.length : index;
  }

  #appendSamples(samples: Sample[], series: HistogramSeries): void {
    const sharedLabels = series.labels;
    let count = 0;
    this.#boundLabels.forEach((labels, index) => {
      count += series.counts[index] ?? 0;
      const exemplar = series.exemplars?.[index];
      const metricName = `${this.name}_bucket`;
      samples.push({ labels, sharedLabels, value: count, metricName, exemplar });
    });
    const rest = { labels: {}, sharedLabels };
    samples.push({ ...rest, value: series.sum, metricName: `${this.name}_sum` });
    samples.push({ ...rest, value: count, metricName: `${this.name}_count` });
  }
}

function toExemplar({ traceId, spanId }: TraceRef, value: number, at: number): Exemplar {
  return { labelSet: { trace_id: traceId, span_id: spanId }, value, timestamp: at / 1000 };
}
