import { type Timestamp, TurnspanError } from '@turnspan/core';
import type { PostgresClient, PostgresPool, PostgresResult } from './postgres-pool';

/** A step of the schema. Steps are never changed once they are published; new ones are added. */
export type PostgresMigration = readonly string[];

/** What {@link migratePostgres} needs. */
export interface MigratePostgresOptions {
  readonly pool: PostgresPool;
  /** Made where it is missing. Statements of the steps find it, and `pg_catalog`, without naming it. */
  readonly schema: string;
  readonly steps: readonly PostgresMigration[];
  readonly now: Timestamp;
  /**
   * Where the steps taken are noted; tells what lives in the schema apart.
   * @default 'turnspan_migrations'
   */
  readonly table?: string;
}

/**
 * Brings a schema up to what this Turnspan knows, all steps or none; of several processes one does
 * it, under a lock. Rejects with what the server says, or for a schema of a newer Turnspan.
 */
export async function migratePostgres(options: MigratePostgresOptions): Promise<void> {
  const client = await options.pool.connect();
  // A connection that breaks tells so twice; nobody else listens while it is lent.
  const ignore = () => undefined;
  client.on?.('error', ignore);
  let isSound = false;
  try {
    await bringUp(client, withDefaults(options));
    isSound = true;
  } finally {
    client.off?.('error', ignore);
    client.release(!isSound);
  }
}

/** A name as it stands in a statement, whatever is in it. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

type Schema = Required<MigratePostgresOptions>;

function withDefaults(options: MigratePostgresOptions): Schema {
  return { ...options, table: options.table ?? 'turnspan_migrations' };
}

async function bringUp(client: PostgresClient, schema: Schema): Promise<void> {
  const target = schema.steps.length;
  if ((await readVersion(client, schema)) === target) return;
  await run(client, 'begin');
  await lock(client, schema);
  const from = await readVersion(client, schema);
  await createSchema(client, schema.schema);
  await run(client, `set local search_path to ${quoteIdentifier(schema.schema)}`);
  for (const statement of schema.steps.slice(from).flat()) await run(client, statement);
  await note(client, schema, from);
  await run(client, 'commit');
}

/** How many steps the schema has taken; refuses that of a newer Turnspan. */
async function readVersion(client: PostgresClient, schema: Schema): Promise<number> {
  const found = await run(
    client,
    'select 1 from pg_catalog.pg_tables where schemaname = $1 and tablename = $2',
    [schema.schema, schema.table],
  );
  if (found.rows.length === 0) return 0;
  const { rows } = await run(client, `select max(version) as version from ${toTable(schema)}`);
  const version = Number(rows[0]?.version ?? 0);
  const known = schema.steps.length;
  if (version <= known) return version;
  const detail = `A newer Turnspan wrote the schema ${schema.schema}: it has version ${version}, this one knows ${known}. Update Turnspan, or choose another schema.`;
  throw new TurnspanError('STORE_UNAVAILABLE', { detail });
}

/** Held until the transaction ends, by whoever brings up anything in the schema. */
async function lock(client: PostgresClient, { schema }: Schema): Promise<void> {
  const name = `turnspan migrations of ${schema}`;
  await run(client, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
}

/** Somebody else may have made it, for a user who may not. */
async function createSchema(client: PostgresClient, schema: string): Promise<void> {
  const found = await run(client, 'select 1 from pg_catalog.pg_namespace where nspname = $1', [
    schema,
  ]);
  if (found.rows.length === 0) await run(client, `create schema ${quoteIdentifier(schema)}`);
}

async function note(client: PostgresClient, schema: Schema, from: number): Promise<void> {
  const table = toTable(schema);
  await run(
    client,
    `create table if not exists ${table} (version integer primary key, at bigint not null)`,
  );
  for (let version = from + 1; version <= schema.steps.length; version += 1) {
    const values = [version, Math.round(schema.now)];
    await run(client, `insert into ${table} (version, at) values ($1, $2)`, values);
  }
}

function toTable({ schema, table }: Schema): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(table)}`;
}

function run(
  client: PostgresClient,
  text: string,
  values: unknown[] = [],
): Promise<PostgresResult> {
  return client.query({ text, values });
}
