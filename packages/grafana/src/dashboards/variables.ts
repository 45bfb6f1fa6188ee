import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableHide,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DATA_SOURCE } from './data-sources';

type Variable = Builder<VariableModel>;

/**
 * Every variable that there is, in the order of the page. Those a dashboard asks nothing by are left
 * out. What all means differs: whatever has a job, but also what has no variant at all.
 */
export const VARIABLES: Readonly<Record<string, () => Variable>> = {
  datasource: () => createDataSource('datasource', 'Data source', 'prometheus'),
  traces: () => createDataSource('traces', 'Traces', 'tempo'),
  job: () =>
    createList('job', 'Job', {
      query: 'label_values(turnspan_contained_errors_total, job)',
      all: '.+',
    }),
  channel: () =>
    createList('channel', 'Channel', {
      query: 'label_values(conversation_journeys_started_total{job=~"$job"}, channel)',
      all: '.*',
    }),
  line: () =>
    createList('line', 'Line', {
      query:
        'label_values({__name__=~"conversation_journeys_started_total|whatsapp_phone_quality_rating", job=~"$job"}, line)',
      all: '.*',
    }),
  flow: () =>
    createList('flow', 'Flow', {
      query: 'label_values(conversation_node_entries_total{job=~"$job"}, flow)',
      all: '.*',
    }),
  node: () =>
    createList('node', 'Node', {
      query: 'label_values(conversation_node_entries_total{job=~"$job", flow=~"$flow"}, node)',
      all: '.*',
    }),
  experiment: () =>
    createList('experiment', 'Experiment', {
      query: 'label_values(conversation_experiment_exposures_total{job=~"$job"}, experiment)',
      all: '.*',
    }),
  variant: () =>
    createList('variant', 'Variant', {
      query: 'label_values(conversation_node_entries_total{job=~"$job", flow=~"$flow"}, variant)',
      all: '.*',
    }),
  instance: () =>
    createList('instance', 'Instance', {
      query: 'label_values(turnspan_contained_errors_total{job=~"$job"}, instance)',
      all: '.+',
    }),
  last_change: createLastChange,
};

function createDataSource(name: string, label: string, type: string): Variable {
  return new DatasourceVariableBuilder(name).label(label).type(type);
}

interface ListOptions {
  readonly query: string;
  /** What matches when nothing is chosen. */
  readonly all: string;
}

function createList(name: string, label: string, { query, all }: ListOptions): Variable {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(DATA_SOURCE)
    .query(query)
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue(all)
    .current({ text: 'All', value: '$__all' });
}

/** When WhatsApp last changed anything, in seconds; now, if it never did. */
function createLastChange(): Variable {
  const query =
    'query_result(max(whatsapp_state_changed_timestamp_seconds{job=~"$job"} <= time()) or vector(time()))';
  return new QueryVariableBuilder('last_change')
    .label('Last change')
    .datasource(DATA_SOURCE)
    .query(query)
    .definition(query)
    .regex('/ ([0-9.]+) [0-9.]+$/')
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .hide(VariableHide.HideVariable);
}
