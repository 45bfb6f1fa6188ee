import { readFileSync } from 'node:fs';
import { startNode } from './support/child';

const { drawTerminal, TARGET, toPicture } = require('../../examples/demo/picture');

describe('the demo', () => {
  it('plays weeks in which every number equals the ledger, and the README shows it', async () => {
    const demo = startNode(['examples/demo/index.js', '--once', '--port', '0']);

    const exit = await demo.exit;

    const output = demo.output();
    const [, checks, wrong] = /ledger: (\d+) checks, (\d+) wrong\n$/.exec(output) ?? [];
    expect(output.match(/^wrong: .*$/gm) ?? []).toEqual([]);
    expect(Number(checks)).toBeGreaterThanOrEqual(1800);
    expect(wrong).toBe('0');
    expect(output).toMatch(/^Ship split: /m);
    expect(output).toMatch(/^rude .* paused: it did harm$/m);
    expect(exit).toBe(0);
    expect(readFileSync(TARGET, 'utf8')).toBe(drawTerminal(toPicture(output)));
  }, 600_000);
});
