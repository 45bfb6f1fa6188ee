import type { Timestamp } from '@turnspan/core';
import { type Kysely, sql } from 'kysely';
import { HOUR_COLUMNS } from './roll-up/hour-columns';
import type { HourTable } from './roll-up/hour-rows';
import type { JournalTables } from './tables';

/** The tables whose rows can be read one after the other. */
export type RowTable = Exclude<keyof JournalTables, 'quality_facts' | 'leases' | 'investigations'>;

/** A row as it is stored, column by column. */
export type JournalRow = Readonly<Record<string, string | number | null>>;

/** Which rows to read, and where to begin. */
export interface RowsQuery {
  /** How many at most. */
  readonly limit: number;
  /**
   * From this time on.
   * @default from the beginning
   */
  readonly since?: Timestamp | undefined;
  /**
   * Before this time.
   * @default to the end
   */
  readonly until?: Timestamp | undefined;
  /**
   * The row that was read last; its time and key are enough.
   * @default none was read
   */
  readonly after?: JournalRow | undefined;
  /**
   * What rows are ordered by first: their time, or their key, so that a journey is in one piece.
   * @default 'time'
   */
  readonly order?: 'time' | 'key' | undefined;
}

/** What is in a table that is read row by row. */
export interface RowColumns {
  readonly time: string;
  /** Together with the time they tell one row from another. */
  readonly key: readonly string[];
  readonly others: readonly string[];
}

const RUN = ['flow', 'version', 'variant', 'channel', 'line', 'user_key', 'session_id'];
const VISIT = ['journey_id', 'visit_index', 'node'];
const SERIES = ['kind', 'subject', 'attribute', 'key'];
const NAMES = ['name', 'language', 'account'];

const HOUR_ROW_COLUMNS = Object.fromEntries(
  Object.entries(HOUR_COLUMNS).map(([table, { name, sums }]): [string, RowColumns] => {
    return [table, { time: 'hour', key: name, others: sums }];
  }),
) as Readonly<Record<HourTable, RowColumns>>;

/** The columns of each table, in the order in which they are read. */
export const ROW_COLUMNS: Readonly<Record<RowTable, RowColumns>> = {
  visits: {
    time: 'at',
    key: VISIT,
    others: [
      ...['kind', ...RUN, 'outcome', 'entered_at', 'asked_at', 'wait_seconds'],
      ...['processing_seconds', 'input_kind', 'match', 'loop_period'],
    ],
  },
  journeys: {
    time: 'at',
    key: ['journey_id'],
    others: [...RUN, 'entry', 'outcome', 'started_at', 'seconds', 'turns'],
  },
  journey_starts: { time: 'at', key: ['journey_id'], others: [...RUN, 'entry'] },
  returns: { time: 'at', key: VISIT, others: [...RUN, 'entered_at', 'asked_at'] },
  confusions: { time: 'at', key: [...VISIT, 'signal'], others: RUN },
  responses: {
    time: 'at',
    key: ['turn_id', 'responder'],
    others: ['channel', 'line', 'flow', 'first', 'seconds', 'felt_seconds'],
  },
  exposures: {
    time: 'at',
    key: ['experiment', 'user_key', 'salt'],
    others: [
      ...['variant', 'other_variant', 'flow', 'channel', 'line', 'journey_id', 'visit_index'],
      ...['reason', 'counts'],
    ],
  },
  preference_changes: {
    time: 'at',
    key: ['channel', 'line', 'user_key', 'value'],
    others: ['flow', 'node'],
  },
  quality_changes: {
    time: 'at',
    key: [...SERIES, 'value'],
    others: [...NAMES, 'previous', 'observed_at', 'source', 'until', 'reason'],
  },
  quality_events: { time: 'at', key: ['kind', 'subject', 'event'], others: NAMES },
  quality_observations: { time: 'from_at', key: SERIES, others: ['to_at'] },
  ...HOUR_ROW_COLUMNS,
  turnspan_migrations: { time: 'at', key: ['version'], others: [] },
};

/** Reads the next rows of a table; there are no more when they are fewer than the limit. */
export async function readRows(
  reader: Kysely<JournalTables>,
  table: RowTable,
  { limit, since, until, after, order = 'time' }: RowsQuery,
): Promise<readonly JournalRow[]> {
  const { time, key, others } = ROW_COLUMNS[table];
  const place = order === 'time' ? [time, ...key] : [...key, time];
  const columns = [time, ...key, ...others].map((name) => sql.ref<string>(name).as(name));
  // Which table it is makes no difference to the statement, only to types that are not used here.
  let rows = reader.selectFrom(table as 'visits').select(columns);
  if (since !== undefined) rows = rows.where(sql.ref(time), '>=', since);
  if (until !== undefined) rows = rows.where(sql.ref(time), '<', until);
  if (after) {
    const names = sql.join(place.map((name) => sql.ref(name)));
    const values = sql.join(place.map((name) => after[name] ?? null));
    rows = rows.where(sql<boolean>`(${names}) > (${values})`);
  }
  for (const name of place) rows = rows.orderBy(sql.ref(name));
  return (await rows.limit(limit).execute()) as readonly JournalRow[];
}
