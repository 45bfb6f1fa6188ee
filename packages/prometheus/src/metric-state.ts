import type { MetricDefinition } from './metric-table';
import type { MetricState, Sample } from './types';

/** Who is asked for its state. */
export interface Described {
  readonly name: string;
  readonly definition: MetricDefinition;
}

/** The state of a metric as a registry wants it for text. */
export function toState({ name, definition }: Described, values: readonly Sample[]): MetricState {
  const { help, type, aggregator = 'sum' } = definition;
  return { name, help, type, aggregator, values };
}

/** The same state as a registry wants it for JSON: each sample with all of its labels. */
export function withAllLabels(state: MetricState): MetricState {
  return { ...state, values: state.values.map(toWhole) };
}

function toWhole({ sharedLabels, ...sample }: Sample): Sample {
  return { ...sample, labels: { ...sharedLabels, ...sample.labels } };
}

/** What may go into a metric: nothing for what is no number, 0 for what is negative. */
export function toMeasure(value: number): number | undefined {
  return Number.isFinite(value) ? Math.max(0, value) : undefined;
}
