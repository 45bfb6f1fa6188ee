import { type Described, toMeasure, toState, withAllLabels } from './metric-state';
import type { MetricDefinition } from './metric-table';
import { SeriesMap } from './series-map';
import type { Aggregator, Labels, MetricState, Sample } from './types';

interface GaugeSeries {
  readonly labels: Labels;
  /** Undefined while there is no sample. */
  value: number | undefined;
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
    this.#series = new SeriesMap(definition.labels, (labels) => ({ labels, value: undefined }));
  }

  set(value: number, ...values: Values): void {
    const measure = toLevel(value);
    if (measure !== undefined) this.#series.at(values).value = measure;
  }

  add(value: number, ...values: Values): void {
    const measure = toMeasure(value);
    if (measure === undefined) return;
    const series = this.#series.at(values);
    series.value = (series.value ?? 0) + measure;
  }

  /** Sets a series, unless it has a smaller value already. */
  min(value: number, ...values: Values): void {
    const known = this.#series.get(values)?.value ?? Number.POSITIVE_INFINITY;
    this.set(Math.min(value, known), ...values);
  }

  /** Sets a series, unless it has a larger value already. */
  max(value: number, ...values: Values): void {
    const known = this.#series.get(values)?.value ?? 0;
    this.set(Math.max(value, known), ...values);
  }

  /** Makes a series known; it begins at 0. */
  start(...values: Values): void {
    this.#series.at(values).value ??= 0;
  }

  delete(...values: Values): void {
    this.#series.delete(values);
  }

  /** Sets every known series to 0. */
  zero(): void {
    for (const series of this.#series.all()) series.value = 0;
  }

  /** Takes every sample away until it is set again. What the series are made of is kept, for the next scrape. */
  hide(): void {
    for (const series of this.#series.all()) series.value = undefined;
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
    const samples: Sample[] = [];
    for (const { labels, value } of this.#series.all()) {
      if (value !== undefined) samples.push({ labels: {}, sharedLabels: labels, value });
    }
    return samples;
  }
}

/** Endless is a value of its own: that of a limit which does not exist. */
function toLevel(value: number): number | undefined {
  return value === Number.POSITIVE_INFINITY ? value : toMeasure(value);
}
