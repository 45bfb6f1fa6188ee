// What every journal can do.

// What a journal on a database is made of.
export {
  createSqlJournal,
  type ReleasableLease,
  type SqlJournalSetup,
} from './create-sql-journal';
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
export type { Batch } from './record-writer';
export type { JournalRecord, RecordRows } from './records';
export type { StoreErrors } from './store-errors';
// What is in its tables.
export type {
  ConfusionRow,
  DeliveryHourRow,
  JournalTables,
  JourneyHourRow,
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
  VisitHourRow,
  VisitRow,
} from './tables';
export type { StartTimer } from './timer';
export { systemTimer } from './timer';
export type { Journal, Lease, TimelineEntry, TimelineQuery } from './types';
export { type WriteOptions, writeRecords } from './write-records';
