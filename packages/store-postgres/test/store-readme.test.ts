import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@turnspan/core';
import { Pool } from 'pg';
import { readSection, readTable } from '../../../test/support/markdown';
import {
  describeWithPostgres,
  type PostgresServer,
  startPostgres,
} from '../../../test/support/servers/postgres';
import * as storePostgres from '../src';

const README = readFileSync(join(__dirname, '../README.md'), 'utf8');

describe('README', () => {
  it('has exactly the options of the store', () => {
    const source = readFileSync(join(__dirname, '../src/create-postgres-store.ts'), 'utf8');
    const [, body = ''] = /interface PostgresStoreOptions \{([\s\S]*?)\n\}/.exec(source) ?? [];
    const names = [...body.matchAll(/readonly (\w+)\??:/g)].map(([, name]) => name);

    const told = readTable(readSection(README, 'Options')).map(([name]) => name);

    expect(told).toEqual(names);
  });
});

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

  it('begins with an example that runs, and names every column of the store', async () => {
    const { connection } = server;
    const modules: Readonly<Record<string, unknown>> = {
      '@turnspan/core': core,
      '@turnspan/store-postgres': storePostgres,
      pg: { Pool: Pool.bind(undefined, connection) },
    };
    const [, code = ''] = /```js\n([\s\S]*?)```/.exec(README) ?? [];

    const example = new Function('require', `${code}\nreturn { store, pool };`)(
      (name: string) => modules[name],
    );
    await example.store.summary();
    await example.pool.end();

    const { rows } = await pool.query(`
      select table_name, column_name, is_nullable from information_schema.columns
      where table_schema = 'turnspan' order by ordinal_position`);
    const columns = rows.map(({ table_name, column_name, is_nullable }) =>
      [table_name, `${column_name}${is_nullable === 'YES' ? '?' : ''}`].join(' '),
    );
    const told = readTable(readSection(README, 'Tables')).flatMap(([table = '', cell = '']) =>
      cell.split(', ').map((column) => `${table} ${column}`),
    );
    expect(told.filter((column) => column.startsWith('store_')).sort()).toEqual(columns.sort());
  });
});
