// Opening a journal.
export { createSqliteJournal } from './create-sqlite-journal';
// Who waits where, and what processes share.
export { createSqliteStore } from './create-sqlite-store';
export type { SqliteJournalOptions } from './options';
export type { SqliteStore } from './sqlite-store';
export type { SqliteStoreOptions } from './store-options';
// What is in its tables.
export type {
  DeliveryHourRow,
  JournalTables,
  JourneyRow,
  LeaseRow,
  MigrationRow,
  PreferenceChangeRow,
  QualityChangeRow,
  QualityEventRow,
  QualityFactRow,
  QualityObservationRow,
  ResponseRow,
  SeriesColumns,
  VisitRow,
} from './tables';
export type { StartTimer } from './timer';
// What every journal can do.
export type { Journal, Lease, TimelineEntry, TimelineQuery } from './types';
