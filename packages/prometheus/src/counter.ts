import { type Described, toMeasure, toState, withAllLabels } from './metric-state';
import type { MetricDefinition } from './metric-table';
import { SeriesMap } from './series-map';
import type { Labels, MetricState } from './types';

interface CounterSeries {
  readonly labels: Labels;
  value: number;
}

/** A number per series that only grows. */
export class Counter<Values extends readonly string[]> implements Described {
  /** Not readonly: a registry set to OpenMetrics takes the `_total` away. */
  name: string;
  readonly definition: MetricDefinition;
  readonly help: string;
  readonly type = 'counter';
  readonly aggregator = 'sum';
  /** Runs before each scrape. */
  collect: (() => void) | undefined;
  readonly #series: SeriesMap<CounterSeries>;

  constructor(name: string, definition: MetricDefinition) {
    this.name = name;
    this.definition = definition;
    this.help = definition.help;
    this.#series = new SeriesMap(definition.labels, (labels) => ({ labels, value: 0 }));
    this.#startUnlabelled();
  }

  /** Adds one to a series. */
  inc(...values: Values): void {
    this.#series.at(values).value += 1;
  }

  /** Takes over what somebody else has counted; less than before is no count of this process. */
  raiseTo(total: number, ...values: Values): void {
    const series = this.#series.at(values);
    series.value = Math.max(series.value, toMeasure(total) ?? 0);
  }

  /** Makes a series known, so that its first increment is visible to `rate()`. */
  start(...values: Values): void {
    this.#series.at(values);
  }

  reset(): void {
    this.#series.clear();
    this.#startUnlabelled();
  }

  async get(): Promise<MetricState> {
    return withAllLabels(await this.getForPromString());
  }

  async getForPromString(): Promise<MetricState> {
    this.collect?.();
    const samples = Array.from(this.#series.all(), ({ labels, value }) => {
      return { labels: {}, sharedLabels: labels, value };
    });
    return toState(this, samples);
  }

  #startUnlabelled(): void {
    if (this.definition.labels.length === 0) this.#series.at([]);
  }
}
