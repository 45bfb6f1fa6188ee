import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '../src';
import {
  CONFUSION_SIGNALS,
  ENTRIES,
  JOURNEY_OUTCOMES,
  NODE_KINDS,
  Tracker,
  VISIT_OUTCOMES,
} from '../src';

const README = readFileSync(join(__dirname, '../README.md'), 'utf8');
const EVENTS = readFileSync(join(__dirname, '../src/events.ts'), 'utf8');

describe('README', () => {
  it('tells of every event, and of no other', () => {
    const kinds = [...EVENTS.matchAll(/kind: '(\w+)'/g)].map(([, kind]) => kind);

    expect(firstCells('Events').sort()).toEqual(kinds.sort());
  });

  it('tells of every fact, and of no other', () => {
    const methods = Object.getOwnPropertyNames(Tracker.prototype);
    const others = ['constructor', 'snapshot', 'openTurns', 'flows', 'contained'];

    expect(firstCells('Facts').sort()).toEqual(
      methods.filter((name) => !others.includes(name)).sort(),
    );
    for (const name of others.slice(1)) expect(section('Facts')).toContain(`\`${name}\``);
  });

  it.each([
    ['visits', VISIT_OUTCOMES, 1],
    ['journeys', JOURNEY_OUTCOMES, 2],
  ] as const)('tells of every outcome of %s, and of no other', (_, outcomes, column) => {
    const marked = rows('Outcomes').filter((cells) => cells[column] === '✓');

    expect(marked.map(([outcome]) => outcome)).toEqual(outcomes);
  });

  it.each([...CONFUSION_SIGNALS, ...ENTRIES, ...NODE_KINDS])('explains %s', (word) => {
    expect(README).toContain(`\`${word}\``);
  });

  it('begins with an example that runs', () => {
    const [, example = ''] = /```js\n([\s\S]*?)```/.exec(README) ?? [];

    const run = new Function('require', `${example}\nreturn { told, state };`);
    const { told, state } = run(() => core);

    expect(told).toEqual([
      'turn_started',
      'inbound_received',
      'journey_started',
      'node_entered',
      'message_sent',
      'responded',
      'node_asked',
      'turn_ended',
    ]);
    expect(state.position).toMatch(/^\[1,/);
  });
});

function section(heading: string): string {
  return new RegExp(`\n## ${heading}\n([\\s\\S]*?)(?=\n## |$)`).exec(README)?.[1] ?? '';
}

function rows(heading: string): string[][] {
  const table = section(heading)
    .split('\n')
    .filter((line) => line.startsWith('|'));
  return table.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

function firstCells(heading: string): string[] {
  return rows(heading).map(([first = '']) => first);
}
