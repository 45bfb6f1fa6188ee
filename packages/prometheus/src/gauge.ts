import { type Described, toMeasure, toState, withAllLabels } from './metric-state';
import type { MetricDefinition } from './metric-table';
import { SeriesMap } from './series-map';
import type { Aggregator, Labels, MetricState, Sample } from './types';

interface GaugeSeries {
  readonly labels: Labels;
  value: number;
}

/** A number per series that is true at this moment. */
export class Gauge<Values extends readonly string[]> implements Described {
  readonly name: string;
  readonly definition: MetricDefinition;
  readonly help: string;
  readonly type = 'gauge';
  readonly aggregator: Aggregator;
  /** Runs before each scrape and says whether the values hold; otherwise there is no sample. */
  collect: (() => boolean) | undefined;
  readonly #series: SeriesMap<GaugeSeries>;

  constructor(name: string, definition: MetricDefinition) {
    this.name = name;
    this.definition = definition;
    this.help = definition.help;
    this.aggregator = definition.aggregator ?? 'sum';
    this.#series = new SeriesMap(definition.labels, (labels) => ({ labels, value: 0 }));
  }

  set(value: number, ...values: Values): void {
    const measure = toMeasure(value);
    if (measure !== undefined) this.#series.at(values).value = measure;
  }

  add(value: number, ...values: Values): void {
    const measure = toMeasure(value);
    if (measure !== undefined) this.#series.at(values).value += measure;
  }

  /** Sets a series, unless it has a smaller value already. */
  min(value: number, ...values: Values): void {
    const known = this.#series.get(values)?.value ?? Number.POSITIVE_INFINITY;
    this.set(Math.min(value, known), ...values);
  }

  /** Makes a series known; it begins at 0. */
  start(...values: Values): void {
    this.#series.at(values);
  }

  delete(...values: Values): void {
    this.#series.delete(values);
  }

  /** Sets every known series to 0. */
  zero(): void {
    for (const series of this.#series.all()) series.value = 0;
  }

  reset(): void {
    this.#series.clear();
  }

  async get(): Promise<MetricState> {
    return withAllLabels(await this.getForPromString());
  }

  async getForPromString(): Promise<MetricState> {
    const holds = this.collect?.() ?? true;
    return toState(this, holds ? this.#samples() : []);
  }

  #samples(): readonly Sample[] {
    return Array.from(this.#series.all(), ({ labels, value }) => {
      return { labels: {}, sharedLabels: labels, value };
    });
  }
}
