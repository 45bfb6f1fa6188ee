import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@turnspan/core';
import { JOURNAL_DEFAULTS } from '@turnspan/journal';
import { Pool } from 'pg';
import {
  describeWithPostgres,
  type PostgresServer,
  startPostgres,
} from '../../../test/support/servers/postgres';
import * as storePostgres from '../src';
import { settled } from './support/journal';

const README = readFileSync(join(__dirname, '../README.md'), 'utf8');

describe('README on the journal', () => {
  it('has exactly the options', () => {
    const sources = ['../src/postgres-journal.ts', '../../journal/src/options.ts'];
    const names = sources.flatMap((path) => {
      const source = readFileSync(join(__dirname, path), 'utf8');
      const [, body = ''] = /interface \w*JournalOptions[^{]*\{([\s\S]*?)\n\}/.exec(source) ?? [];
      return [...body.matchAll(/readonly (\w+)\??:/g)].map(([, name]) => `\`${name}\``);
    });

    const told = rowsOf('### Options of the journal').map(([name]) => name);
    expect(told.sort()).toEqual(names.sort());
  });

  it('has the defaults of the options', () => {
    const told = rowsOf('### Options of the journal')
      .filter(([, value = '']) => /^`\d+`$/.test(value))
      .map((cells) => cells.slice(0, 2));

    const defaults = Object.entries(JOURNAL_DEFAULTS);
    expect(told).toEqual(defaults.map(([name, value]) => [`\`${name}\``, `\`${value}\``]));
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
    await pool?.end();
    await server?.stop();
  });

  it('README on the journal begins with an example that runs, and has exactly its tables', async () => {
    const [, section = ''] = README.split('## The journal\n');
    const [, example = ''] = /```js\n([\s\S]*?)```/.exec(section) ?? [];
    const modules: Readonly<Record<string, unknown>> = {
      '@turnspan/core': core,
      '@turnspan/store-postgres': storePostgres,
      pg: { Pool: () => pool },
    };
    const code = example.replace('new Pool()', 'Pool()');
    const run = new Function('require', 'console', `${code}\nreturn { journal, history };`);

    const { journal, history } = run((name: string) => modules[name], { error: jest.fn() });
    journal.observe(settled());
    await journal.flush();
    const before = await history;
    const { rows } = await pool.query<{
      table_name: string;
      column_name: string;
      is_nullable: string;
    }>(
      `select table_name, column_name, is_nullable from information_schema.columns
       where table_schema = 'turnspan' order by table_name, ordinal_position`,
    );
    await journal.close();

    const tables = [...new Set(rows.map(({ table_name }) => table_name))].map((table) => {
      const columns = rows.filter(({ table_name }) => table_name === table);
      const cells = columns.map(
        ({ column_name, is_nullable }) => `\`${column_name}\`${is_nullable === 'YES' ? '?' : ''}`,
      );
      return [`\`${table}\``, cells.join(', ')];
    });
    expect(before).toEqual([]);
    expect(
      rowsOf('### Tables of the journal')
        .map((cells) => cells.slice(0, 2))
        .sort(),
    ).toEqual(tables.sort());
  });
});

/** The cells of the first table after a text. */
function rowsOf(text: string): string[][] {
  const [, section = ''] = README.split(text);
  const [, table = ''] = /\n((?:\|.*\n)+)/.exec(section) ?? [];
  const rows = table.trim().split('\n').slice(2);
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
