import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@turnspan/core';
import * as storeSqlite from '../src';
import { findDriver } from '../src/drivers';
import { migrate } from '../src/migrate';
import { MIGRATIONS } from '../src/migrations';
import { DEFAULTS } from '../src/options';
import { changed, T0 } from './support/events';
import { createPath } from './support/journal';

const README = readFileSync(join(__dirname, '../README.md'), 'utf8');
const MODULES: Readonly<Record<string, unknown>> = {
  '@turnspan/core': core,
  '@turnspan/store-sqlite': storeSqlite,
};

describe('README', () => {
  it('has exactly the tables of a journal, with their columns', () => {
    const database = findDriver()(':memory:');
    migrate(database, { steps: MIGRATIONS, now: T0 });

    const tables = database.query("select name from sqlite_master where type = 'table'");
    const expected = tables.map(({ name }) => {
      const columns = database.query(`pragma table_info(${name})`);
      const cells = columns.map(({ name: column, notnull, pk }) => {
        return `\`${column}\`${notnull || pk ? '' : '?'}`;
      });
      return [`\`${name}\``, cells.join(', ')];
    });

    const rows = rowsOf('## Tables').map((cells) => cells.slice(0, 2));
    expect(rows.sort()).toEqual(expected.sort());
  });

  it('has the defaults of the options', () => {
    const told = rowsOf('## Options')
      .filter(([, value = '']) => /^`\d+`$/.test(value))
      .map((cells) => cells.slice(0, 2));

    const expected = Object.entries(DEFAULTS).map(([name, value]) => [
      `\`${name}\``,
      `\`${value}\``,
    ]);
    expect(told).toEqual(expected);
  });

  it('has exactly the options', () => {
    const names = ['../src/options.ts', '../../journal/src/options.ts'].flatMap((path) => {
      const source = readFileSync(join(__dirname, path), 'utf8');
      const [, body = ''] = /interface \w*JournalOptions[^{]*\{([\s\S]*?)\n\}/.exec(source) ?? [];
      return [...body.matchAll(/readonly (\w+)\??:/g)].map(([, name]) => `\`${name}\``);
    });

    expect(
      rowsOf('## Options')
        .map(([name]) => name)
        .sort(),
    ).toEqual(names.sort());
  });

  it('begins with an example that runs', async () => {
    const [, example = ''] = /```js\n([\s\S]*?)```/.exec(README) ?? [];
    const code = example.replace('data/journal.db', createPath('data', 'journal.db'));
    const load = (name: string) => MODULES[name];
    const run = new Function('require', 'console', `${code}\nreturn { journal, history };`);

    const { journal, history } = run(load, { error: jest.fn() });
    const before = await history;
    journal.observe(changed());

    expect(example.trim().split('\n').length).toBeLessThanOrEqual(10);
    expect(before).toEqual([]);
    expect(await journal.facts()).toHaveLength(1);
    await journal.close();
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
