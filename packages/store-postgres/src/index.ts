// What every journal can do, and what is in its tables.
export type { Journal, JournalOptions, JournalTables } from '@turnspan/journal';
// Opening a store.
export { createPostgresStore, type PostgresStoreOptions } from './create-postgres-store';
// Opening a journal.
export { createPostgresJournal, type PostgresJournalOptions } from './postgres-journal';
// Your own pool, as far as it is used.
export type { PostgresClient, PostgresPool, PostgresQuery, PostgresResult } from './postgres-pool';
export type { PostgresStore } from './postgres-store';
