import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as insights from '../src';

const README = readFileSync(join(__dirname, '../README.md'), 'utf8');

describe('README', () => {
  it('tells of every function, and of no other', () => {
    const told = [...README.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    const functions = Object.entries(insights)
      .filter(([, value]) => typeof value === 'function')
      .map(([name]) => name);

    expect(told.sort()).toEqual(functions.sort());
  });

  it('names everything else that can be imported', () => {
    const others = Object.entries(insights).filter(([, value]) => typeof value !== 'function');

    for (const [name] of others) expect(README).toContain(`\`${name}\``);
  });
});
