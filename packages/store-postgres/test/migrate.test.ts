import { TurnspanError } from '@turnspan/core';
import { Pool } from 'pg';
import {
  describeWithPostgres,
  type PostgresServer,
  startPostgres,
} from '../../../test/support/servers/postgres';
import { migratePostgres } from '../src/migrate';

const T0 = 1_700_000_000_000;
const STEPS = [['create table a (x integer)'], ['create table b (x integer)', 'drop table a']];

describeWithPostgres((binaries) => {
  let server: PostgresServer;
  let pool: Pool;

  beforeAll(async () => {
    server = await startPostgres({ binaries });
    pool = new Pool(server.connection);
  }, 60_000);

  afterAll(async () => {
    await pool.end();
    await server.stop();
  });

  const rowsOf = async (text: string) => (await pool.query(text)).rows;

  describe('migratePostgres', () => {
    it('takes the steps that are missing, each once, in a schema that it makes', async () => {
      const schema = 'My "own" schema';

      await migratePostgres({ pool, schema, steps: STEPS.slice(0, 1), now: T0 });
      await migratePostgres({ pool, schema, steps: STEPS, now: T0 + 1 });
      await migratePostgres({ pool, schema, steps: STEPS, now: T0 + 2 });

      expect(await rowsOf(`select * from "My ""own"" schema".turnspan_migrations`)).toEqual([
        { version: 1, at: String(T0) },
        { version: 2, at: String(T0 + 1) },
      ]);
      expect(await rowsOf(`select * from "My ""own"" schema".b`)).toEqual([]);
    });

    it('does it once for many processes that begin together', async () => {
      const migrate = () => migratePostgres({ pool, schema: 'many', steps: STEPS, now: T0 });

      await Promise.all([1, 2, 3, 4, 5].map(migrate));

      expect(await rowsOf('select version from many.turnspan_migrations')).toHaveLength(2);
    });

    it('takes all steps or none, and gives its connection back', async () => {
      const steps = [...STEPS, ['nonsense']];

      const failed = migratePostgres({ pool, schema: 'half', steps, now: T0 });

      await expect(failed).rejects.toThrow(/syntax error/);
      expect(await rowsOf(`select 1 from pg_namespace where nspname = 'half'`)).toEqual([]);
      expect(pool.waitingCount).toBe(0);
    });

    it('keeps what shares a schema apart', async () => {
      const shared = { pool, schema: 'shared', now: T0 };

      await migratePostgres({ ...shared, steps: STEPS.slice(0, 1) });
      await migratePostgres({
        ...shared,
        steps: [['create table c (x integer)']],
        table: 'others',
      });

      expect(await rowsOf('select version from shared.others')).toEqual([{ version: 1 }]);
    });

    it('refuses the schema of a newer Turnspan and leaves it as it is', async () => {
      await migratePostgres({ pool, schema: 'newer', steps: STEPS, now: T0 });

      const refusal = migratePostgres({ pool, schema: 'newer', steps: STEPS.slice(0, 1), now: T0 });

      const error: unknown = await refusal.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(TurnspanError);
      expect(error).toMatchObject({
        code: 'STORE_UNAVAILABLE',
        message: expect.stringContaining('version 2, this one knows 1. Update Turnspan'),
      });
    });

    it('does with a schema that somebody else has made, for a user who may make none', async () => {
      await pool.query(`create schema given; create role poor login password 'p'`);
      await pool.query('grant usage, create on schema given to poor');
      const poor = new Pool({ ...server.connection, user: 'poor', password: 'p' });

      await migratePostgres({ pool: poor, schema: 'given', steps: STEPS, now: T0 });

      expect(await rowsOf('select version from given.turnspan_migrations')).toHaveLength(2);
      await poor.end();
    });
  });
});
