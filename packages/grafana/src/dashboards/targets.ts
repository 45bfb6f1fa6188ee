import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { DATA_SOURCE } from './data-sources';

/** Asks for lines, each named by a pattern of labels. */
export function range(query: string, legend: string): DataqueryBuilder {
  return create(query).range().legendFormat(legend).format(PromQueryFormat.TimeSeries);
}

/** Asks for lines, and for observations that have a trace: only the buckets of a histogram have them. */
export function rangeWithTraces(query: string, legend: string): DataqueryBuilder {
  return range(query, legend).exemplar(true);
}

/** Asks for the buckets of a histogram over time, and for observations that have a trace. */
export function buckets(query: string): DataqueryBuilder {
  return recordedBuckets(query).exemplar(true);
}

/** Asks for buckets that were recorded, of which no observation has a trace. */
export function recordedBuckets(query: string): DataqueryBuilder {
  return create(query).range().legendFormat('{{le}}').format(PromQueryFormat.Heatmap);
}

/** Asks for the values at the end of the time range, each named by a pattern of labels. */
export function latest(query: string, legend: string): DataqueryBuilder {
  return create(query).instant().legendFormat(legend).format(PromQueryFormat.TimeSeries);
}

/** Asks for the values at the end of the time range as a table; the name becomes part of its column. */
export function column(query: string, name: string): DataqueryBuilder {
  return create(query).instant().format(PromQueryFormat.Table).refId(name);
}

function create(query: string): DataqueryBuilder {
  return new DataqueryBuilder().datasource(DATA_SOURCE).expr(query);
}
