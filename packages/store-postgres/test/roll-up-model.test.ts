import { Pool } from 'pg';
import {
  describeWithPostgres,
  type PostgresServer,
  startPostgres,
} from '../../../test/support/servers/postgres';
import { holdRollUps } from '../../journal/test/support/hold-roll-ups';
import { createPostgresJournal } from '../src';

describeWithPostgres((binaries) => {
  let server: PostgresServer;
  let pool: Pool;
  let schemas = 0;

  beforeAll(async () => {
    server = await startPostgres({ binaries });
    pool = new Pool(server.connection);
  }, 60_000);

  afterAll(async () => {
    await pool?.end();
    await server?.stop();
  });

  it('the sums of a journal on Postgres are what the analyses make of its rows', async () => {
    const open = async () => {
      schemas += 1;
      const schema = `sums_${schemas}`;
      const create = () =>
        createPostgresJournal({ pool, schema, onError: fail, startTimer: () => () => undefined });
      const remove = () => pool.query(`drop schema ${schema} cascade`).then(() => undefined);
      return { journals: [create(), create()] as const, remove };
    };

    await expect(holdRollUps(open, 20)).resolves.toBeUndefined();
  }, 120_000);
});

function fail(error: unknown): never {
  throw error;
}
