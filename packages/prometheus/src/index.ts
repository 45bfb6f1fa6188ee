// What dashboards and documentation need, and its limits.
export { BUCKETS, type BucketScale } from './buckets';
// What fills a registry and serves it.
export type { JournalProgress } from './journal-metrics';
export type { LabelCaps } from './label-caps';
export { METRICS, type MetricDefinition, type MetricName } from './metric-table';
export {
  createMetricsHandler,
  type MetricsHandler,
  type MetricsHandlerOptions,
} from './metrics-handler';
export {
  createMetricsServer,
  type ListeningAddress,
  type MetricsServer,
  type MetricsServerOptions,
} from './metrics-server';
export {
  createPrometheusObserver,
  type PrometheusObserver,
  type PrometheusObserverOptions,
} from './observer';
export type {
  Aggregator,
  MetricsRegistry,
  MetricType,
  RegistryMetric,
  ScrapedRegistry,
} from './types';
