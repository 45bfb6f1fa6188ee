// What every journal can do.

// What a journal on a database is made of.
export {
  createSqlJournal,
  type ReleasableLease,
  type SqlJournalSetup,
} from './create-sql-journal';
// Experiments.
export type { ExposedJourney, ExposedQuery, ExposedWait } from './exposures/read-exposed';
export type { ShownVariant } from './exposures/read-shown-variants';
// Investigations.
export { INVESTIGATION_BYTES } from './investigations';
export type { JournalOptions } from './options';
export {
  invalidOption,
  JOURNAL_DEFAULTS,
  type JournalNumbers,
  readJournalNumbers,
} from './options';
export type { Naming } from './prune';
export {
  type JournalRow,
  ROW_COLUMNS,
  type RowColumns,
  type RowsQuery,
  type RowTable,
} from './read-rows';
export type { VisitsQuery } from './read-visits';
export type { Batch } from './record-writer';
export type { JournalRecord, RecordRows } from './records';
export type { HoursQuery } from './roll-up/add-hours-up';
export { DURATION_BOUNDS_SECONDS } from './roll-up/duration-bounds';
export type {
  DeliveryHourRow,
  HourTable,
  HourTables,
  JourneyHourRow,
  LoopHourRow,
  MessageEvent,
  MessageHourRow,
  NodeHour,
  NodeJourneyHourRow,
  NodeSignal,
  ResponseHourRow,
  RunHour,
  SignalHourRow,
  TransitionHourRow,
  VisitHourRow,
  WaitEnd,
  WaitHourRow,
} from './roll-up/hour-rows';
// The sums of its hours.
export type { SqlDialect } from './roll-up/packed-rows';
export type { StoreErrors } from './store-errors';
// What is in its tables.
export type {
  ConfusionRow,
  ExposureRow,
  InvestigationRow,
  JournalTables,
  JourneyRow,
  JourneyStartRow,
  LeaseRow,
  MigrationRow,
  PreferenceChangeRow,
  QualityChangeRow,
  QualityEventRow,
  QualityFactRow,
  QualityObservationRow,
  ResponseRow,
  ReturnRow,
  RunColumns,
  SeriesColumns,
  VisitRow,
} from './tables';
export type { StartTimer } from './timer';
export { systemTimer } from './timer';
export type { Journal, Lease, TimelineEntry, TimelineQuery } from './types';
export { type WriteOptions, writeRecords } from './write-records';
