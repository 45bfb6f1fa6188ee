import { startNode } from './support/child';

/** A bot without a web server: nothing of its own keeps the process alive. */
const PROGRAM = `
const { Botkit } = require(require.resolve('botkit', { paths: ['examples/bot'] }));
const { turnspan } = require('turnspan');
const adapter = { name: 'none', use: () => {} };
const controller = new Botkit({ adapter, disable_webserver: true });
const plugin = turnspan({ metrics: { port: 0 } });
controller.usePlugin(plugin);
plugin.metricsAddress().then(({ port }) => console.log('metrics on', port));
`;

describe('a process with turnspan()', () => {
  it('ends by itself when the bot has nothing left to do', async () => {
    const bot = startNode(['--eval', PROGRAM]);

    const exit = await bot.exit;

    expect(bot.output()).toMatch(/metrics on \d+/);
    expect(exit).toBe(0);
  }, 20_000);
});
