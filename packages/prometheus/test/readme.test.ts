import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@turnspan/core';
import * as promClient from 'prom-client';
import * as prometheus from '../src';
import { type LabelCaps, METRICS, type MetricsServer } from '../src';
import { CAPPED_LABELS, DEFAULT_CAPS } from '../src/label-caps';

const README = readFileSync(join(__dirname, '../README.md'), 'utf8');
const MODULES: Readonly<Record<string, unknown>> = {
  '@turnspan/core': core,
  '@turnspan/prometheus': prometheus,
  'prom-client': promClient,
};

describe('README', () => {
  it('has exactly the metrics of the table, with their types, labels and meanings', () => {
    const expected = Object.entries(METRICS).map(([name, { type, labels, help }]) => {
      const cells = labels.map((label) => `\`${label}\``).join(', ') || '–';
      return [`\`${name}\``, type, cells, help];
    });

    expect(rowsOf('## Metrics')).toEqual(expected);
  });

  it('has exactly the caps, with their defaults and the labels they are counted under', () => {
    const expected = Object.entries(DEFAULT_CAPS).map(([cap, size]) => {
      const label = CAPPED_LABELS[cap as keyof LabelCaps];
      return [`\`${cap}\``, String(size), `\`${label}\``];
    });

    const rows = rowsOf('Of `caps`').map((cells) => cells.slice(0, 3));

    expect(rows).toEqual(expected);
  });

  it('begins with an example that runs', async () => {
    const [, example = ''] = /```js\n([\s\S]*?)```/.exec(README) ?? [];

    const { server, tracker } = runExample(example);
    tracker.declare({ id: 'order', nodes: [{ id: 'size', kind: 'question' }], edges: [] });
    const address = await server.listening;

    const text = await promClient.register.metrics();
    expect(example.trim().split('\n').length).toBeLessThanOrEqual(10);
    expect(text).toContain('conversation_node_entries_total{flow="order",node="size"} 0');
    expect(address?.host ?? '127.0.0.1').toBe('127.0.0.1');
    await server.close();
  });
});

/** Runs the code of the README with the packages under test, and gives what it made. */
function runExample(code: string): { server: MetricsServer; tracker: core.Tracker } {
  const load = (name: string) => MODULES[name];
  const quiet = { error: () => undefined };
  const run = new Function('require', 'console', `${code}\nreturn { server, tracker };`);
  return run(load, quiet);
}

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
