// Opening a store.
export { createPostgresStore, type PostgresStoreOptions } from './create-postgres-store';
// Your own pool, as far as it is used.
export type { PostgresClient, PostgresPool, PostgresQuery, PostgresResult } from './postgres-pool';
