import { TurnspanError } from '@turnspan/core';
import { Counter } from './counter';
import { Gauge } from './gauge';
import { Histogram } from './histogram';
import {
  type LabelValues,
  METRICS,
  type MetricDefinition,
  type MetricName,
  type TypeOf,
} from './metric-table';
import type { MetricsRegistry } from './types';

interface MetricOfType<Values extends readonly string[]> {
  readonly counter: Counter<Values>;
  readonly gauge: Gauge<Values>;
  readonly histogram: Histogram<Values>;
}

/** One metric object for each line of the table, under its name. */
export type MetricSet = {
  readonly [N in MetricName]: MetricOfType<LabelValues<N>>[TypeOf<N>];
};

const NAMES = Object.keys(METRICS) as readonly MetricName[];
const CLASSES = { counter: Counter, gauge: Gauge, histogram: Histogram } as const;

/** Makes all metrics of the table. */
export function createMetricSet(): MetricSet {
  const metrics = NAMES.map((name) => [name, createMetric(name, METRICS[name])]);
  return Object.fromEntries(metrics) as MetricSet;
}

/** Registers all metrics or, if a name is taken, none. Returns the function that takes them out. */
export function registerMetricSet(metrics: MetricSet, registry: MetricsRegistry): () => void {
  const registered: MetricName[] = [];
  const unregister = () => {
    for (const name of registered.splice(0)) registry.removeSingleMetric(name);
  };
  try {
    for (const name of NAMES) {
      registry.registerMetric(metrics[name]);
      registered.push(name);
    }
  } catch (cause) {
    unregister();
    throw new TurnspanError('OPTION_INVALID', { detail: TAKEN, cause });
  }
  return unregister;
}

const TAKEN =
  'Expected `registry` to have none of the metrics of Turnspan yet; one registry takes one observer.';

type AnyMetric = MetricOfType<readonly string[]>[MetricDefinition['type']];

function createMetric(name: MetricName, definition: MetricDefinition): AnyMetric {
  return new CLASSES[definition.type](name, definition);
}
