import type { JournalTables } from '@turnspan/journal';
import { Kysely, PostgresDialect } from 'kysely';
import type { PostgresPool } from './postgres-pool';

/** The tables of the journal in a schema, through a pool that is not ours to end. */
export function createJournalDatabase(pool: PostgresPool, schema: string): Kysely<JournalTables> {
  return new Kysely<JournalTables>({
    dialect: new PostgresDialect({ pool: toKyselyPool(pool) }),
  }).withSchema(schema);
}

type KyselyPool = Exclude<
  ConstructorParameters<typeof PostgresDialect>[0]['pool'],
  () => Promise<unknown>
>;

function toKyselyPool(pool: PostgresPool): KyselyPool {
  return {
    connect: async () => {
      const client = await pool.connect();
      const query = (text: string, values: readonly unknown[]) =>
        client.query({ text, values: [...values] });
      return { query, release: () => client.release() } as Awaited<
        ReturnType<KyselyPool['connect']>
      >;
    },
    end: async () => undefined,
  };
}
