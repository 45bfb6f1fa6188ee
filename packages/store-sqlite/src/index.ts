// Opening a journal.

// What is in its tables, and what every journal can do.
export type {
  ConfusionRow,
  DeliveryHourRow,
  Journal,
  JournalOptions,
  JournalTables,
  JourneyHourRow,
  JourneyRow,
  JourneyStartRow,
  Lease,
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
  StartTimer,
  TimelineEntry,
  TimelineQuery,
  VisitHourRow,
  VisitRow,
} from '@turnspan/journal';
export { createSqliteJournal } from './create-sqlite-journal';
// Who waits where, and what processes share.
export { createSqliteStore } from './create-sqlite-store';
export type { SqliteJournalOptions } from './options';
export type { SqliteStore } from './sqlite-store';
export type { SqliteStoreOptions } from './store-options';
