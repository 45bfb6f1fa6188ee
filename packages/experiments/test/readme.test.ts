import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as experiments from '../src';
import { parseDeclaration, VERDICTS } from '../src';

const README = readFileSync(join(__dirname, '../README.md'), 'utf8');

describe('README', () => {
  it('tells of every function, and of no other', () => {
    const told = rows('Functions').flatMap(([cell = '']) => names(cell));

    expect(told.sort()).toEqual(Object.keys(experiments).sort());
  });

  it('tells of every option of a declaration', () => {
    const { name, ...options } = parseDeclaration('ask', { variants: ['a', 'b'], flow: 'order' });

    const told = rows('Declaring').flatMap(([cell = '']) => names(cell));

    expect(name).toBe('ask');
    expect(told).toEqual(expect.arrayContaining(Object.keys(options)));
  });

  it('tells of every verdict, and of no other', () => {
    expect(
      rows('Verdicts')
        .flatMap(([cell = '']) => names(cell))
        .sort(),
    ).toEqual([...VERDICTS].sort());
  });
});

function rows(title: string): readonly string[][] {
  const [, section = ''] = README.split(`\n## ${title}\n`);
  const [own = ''] = section.split('\n## ');
  return own
    .split('\n')
    .filter((line) => /^\| `(?!kind|reason)/.test(line))
    .map((line) => line.split('|').slice(1, -1));
}

function names(cell: string): readonly string[] {
  return [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
}
