import { describeSharedStore, describeStore } from '@turnspan/testing';
import { Pool } from 'pg';
import {
  describeWithPostgres,
  type PostgresServer,
  startPostgres,
} from '../../../test/support/servers/postgres';
import { createPostgresStore } from '../src';

describeWithPostgres((binaries) => {
  let server: PostgresServer;
  let pools: readonly [Pool, Pool];
  let schemas = 0;

  beforeAll(async () => {
    server = await startPostgres({ binaries });
    pools = [new Pool(server.connection), new Pool(server.connection)];
  }, 60_000);

  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.end()));
    await server.stop();
  });

  const createSchema = () => {
    schemas += 1;
    return `contract ${schemas}`;
  };

  describe('the contract of every store', () => {
    it.each(
      describeStore({
        createStore: (origin) =>
          createPostgresStore({ pool: pools[0], origin, schema: createSchema() }),
      }),
    )('%s', (_name, run) => run());
  });

  describe('the contract of stores for several processes', () => {
    it.each(
      describeSharedStore({
        openStores: async ({ origin, now }) => {
          const schema = createSchema();
          const clock = { now, tick: now };
          const [one, two] = pools;
          return [
            createPostgresStore({ pool: one, origin, schema, clock }),
            createPostgresStore({ pool: two, origin, schema, clock }),
          ];
        },
      }),
    )('%s', (_name, run) => run());
  });
});
