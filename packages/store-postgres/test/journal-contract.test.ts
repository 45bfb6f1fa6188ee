import { describeJournal } from '@turnspan/testing';
import { Pool } from 'pg';
import {
  describeWithPostgres,
  type PostgresServer,
  startPostgres,
} from '../../../test/support/servers/postgres';
import { createPostgresJournal } from '../src';

describeWithPostgres((binaries) => {
  let server: PostgresServer;
  let pool: Pool;
  let schemas = 0;

  beforeAll(async () => {
    server = await startPostgres({ binaries });
    pool = new Pool({ ...server.connection, max: 12 });
  }, 60_000);

  afterAll(async () => {
    await pool?.end();
    await server?.stop();
  });

  describe('the journal on Postgres', () => {
    const cases = describeJournal({
      openJournal: (setup) => {
        schemas += 1;
        const schema = `Journal "${schemas}"`;
        const quoted = `"Journal ""${schemas}"""`;
        return {
          open: () => createPostgresJournal({ pool, schema, ...setup }),
          readRows: async (table) =>
            (await pool.query(`select * from ${quoted}.${table}`)).rows.map(toNumbers),
          ageLeases: async (ms) => {
            await pool.query(`update ${quoted}.leases set expires_at = expires_at - $1`, [ms]);
          },
          remove: async () => {
            await pool.query(`drop schema ${quoted} cascade`);
          },
        };
      },
    });

    it.each(cases)('%s', (_case, run) => run());
  });
});

const COUNTS = /^(?:at|id|hour|count|until|\w+_(?:at|count|sum))$/;

/** pg gives large numbers as texts. */
function toNumbers(row: Record<string, unknown>): Record<string, unknown> {
  const cells = Object.entries(row).map(([name, value]) => {
    return [name, COUNTS.test(name) && typeof value === 'string' ? Number(value) : value];
  });
  return Object.fromEntries(cells);
}
