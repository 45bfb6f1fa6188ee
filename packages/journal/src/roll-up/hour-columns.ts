import type { HourTable, HourTables } from './hour-rows';

/** What names a row of a table of sums besides its hour, and what is added up. */
export interface HourColumns<Row> {
  readonly name: readonly (keyof Row & string)[];
  readonly sums: readonly (keyof Row & string)[];
}

const LINE = ['variant', 'channel', 'line'] as const;
const RUN = ['flow', 'version', ...LINE] as const;
const NODE = ['flow', 'version', 'node', ...LINE] as const;
const COUNT = ['count'] as const;

/** The columns of each table of sums. */
export const HOUR_COLUMNS: { readonly [T in HourTable]: HourColumns<HourTables[T]> } = {
  visit_hours: {
    name: [...NODE, 'outcome'],
    sums: ['count', 'wait_count', 'wait_seconds_sum', 'processing_seconds_sum'],
  },
  wait_hours: { name: [...NODE, 'end', 'seconds'], sums: COUNT },
  signal_hours: { name: [...NODE, 'signal'], sums: COUNT },
  journey_hours: {
    name: [...RUN, 'entry', 'outcome'],
    sums: ['count', 'seconds_sum', 'turns_sum'],
  },
  transition_hours: { name: [...RUN, 'from', 'to', 'outcome'], sums: COUNT },
  node_journey_hours: { name: [...NODE, 'outcome', 'last', 'confused'], sums: COUNT },
  loop_hours: { name: [...RUN, 'cycle', 'outcome'], sums: COUNT },
  response_hours: {
    name: ['channel', 'line', 'flow', 'responder', 'first', 'seconds'],
    sums: ['count', 'seconds_sum'],
  },
  message_hours: {
    name: ['channel', 'line', 'template', 'flow', 'node', 'event'],
    sums: COUNT,
  },
  delivery_hours: {
    name: ['channel', 'line', 'flow', 'node', 'status', 'class', 'code'],
    sums: COUNT,
  },
};

/** All tables of sums. */
export const HOUR_TABLES: readonly HourTable[] = Object.keys(HOUR_COLUMNS) as HourTable[];
