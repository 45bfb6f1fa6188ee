import { startNode } from './support/child';

describe('the demo', () => {
  it('plays a week in which every number equals the ledger', async () => {
    const demo = startNode([
      'examples/demo/index.js',
      '--once',
      '--customers',
      '60',
      '--port',
      '0',
    ]);

    const exit = await demo.exit;

    const output = demo.output();
    const [, checks, wrong] = /ledger: (\d+) checks, (\d+) wrong\n$/.exec(output) ?? [];
    expect(output.match(/^wrong: .*$/gm) ?? []).toEqual([]);
    expect(Number(checks)).toBeGreaterThanOrEqual(200);
    expect(wrong).toBe('0');
    expect(exit).toBe(0);
  }, 60_000);
});
