import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { Counter as SuccessorCounter, Registry as SuccessorRegistry } from '@prometheus-io/client';
import { MemoryStorage } from 'botbuilder-core';
import { Botkit } from 'botkit';
import { Counter, Registry } from 'prom-client';
import { type MetricsOptions, type TurnspanPlugin, turnspan } from '../src';
import { endAfterEach, startBot } from './support/bot';

const ENTERED = 'conversation_node_entries_total{flow="order",node="size"}';
const endAfterTest = endAfterEach();

/** A plugin in use that is shut down after the test. */
function use(controller: Botkit, metrics: MetricsOptions | false): TurnspanPlugin {
  const plugin = turnspan({ metrics });
  controller.usePlugin(plugin);
  endAfterTest(() => plugin.shutdown());
  return plugin;
}

/** A running bot with the plugin. */
async function startTracked(metrics: MetricsOptions | false) {
  const bot = await startBot();
  return { ...bot, plugin: use(bot.controller, metrics) };
}

async function urlOf(plugin: TurnspanPlugin): Promise<string> {
  const address = await plugin.metricsAddress();
  return `http://${address?.host}:${address?.port}/metrics`;
}

/** Has a port until the test is over, unless somebody else has it already. */
async function occupy(port: number): Promise<number> {
  const server: Server = createServer();
  const settled = Promise.race([once(server, 'listening'), once(server, 'error')]);
  server.on('error', () => {}).listen(port, '127.0.0.1');
  await settled;
  const address = server.address();
  endAfterTest(() => server.close());
  return typeof address === 'object' && address ? address.port : port;
}

function spyOnWarnings() {
  const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
  endAfterTest(() => emitWarning.mockRestore());
  return emitWarning.mock.calls;
}

describe('the metrics', () => {
  it('are what the listener on loopback serves, and what the plugin gives', async () => {
    const { says, plugin } = await startTracked({ port: 0 });
    await says('order');

    const response = await fetch(await urlOf(plugin));

    expect(await plugin.metricsAddress()).toMatchObject({ host: '127.0.0.1' });
    expect(await response.text()).toContain(`\n${ENTERED} 1\n`);
    expect(await plugin.metrics()).toContain(`\n${ENTERED} 1\n`);
  });

  it('are served where the environment says, unless an option says something else', async () => {
    const taken = await occupy(0);
    Object.assign(process.env, { TURNSPAN_METRICS_PORT: '0', TURNSPAN_METRICS_HOST: '127.0.0.2' });
    const byEnvironment = await startTracked({});
    Object.assign(process.env, { TURNSPAN_METRICS_PORT: String(taken) });
    const byOption = await startTracked({ host: '127.0.0.1', port: 0 });
    delete process.env.TURNSPAN_METRICS_PORT;
    delete process.env.TURNSPAN_METRICS_HOST;

    expect(await byEnvironment.plugin.metricsAddress()).toMatchObject({ host: '127.0.0.2' });
    expect(await byOption.plugin.metricsAddress()).toMatchObject({ host: '127.0.0.1' });
  });

  it('can be turned off', async () => {
    const { says, answers, plugin } = await startTracked(false);

    await says('order');

    expect(await plugin.metrics()).toBe('');
    expect(await plugin.metricsAddress()).toBeUndefined();
    expect(answers()).toEqual(['Which size?']);
  });

  it('ask for the token on the listener', async () => {
    const { plugin } = await startTracked({ port: 0, token: 'scrape-me' });
    const url = await urlOf(plugin);

    const without = await fetch(url);
    const with_ = await fetch(url, { headers: { authorization: 'Bearer scrape-me' } });

    expect([without.status, with_.status]).toEqual([401, 200]);
    await Promise.all([without.text(), with_.text()]);
  });
});

describe('a listener whose port is taken', () => {
  it('by default 127.0.0.1:9464, is one warning that says what to do, and the bot goes on', async () => {
    await occupy(9464);
    const warnings = spyOnWarnings();

    const { says, answers, plugin } = await startTracked({});
    await plugin.metricsAddress();
    await says('order');

    expect(warnings).toEqual([
      [
        expect.stringMatching(/127\.0\.0\.1:9464 \(EADDRINUSE\).*TURNSPAN_METRICS_PORT.*`metrics/),
        { type: 'TurnspanWarning', code: 'PORT_UNAVAILABLE' },
      ],
    ]);
    expect(answers()).toEqual(['Which size?']);
    expect(await plugin.metrics()).toContain(`\n${ENTERED} 1\n`);
  });
});

describe('the metrics on the web server of the bot', () => {
  it('are for those who know the token', async () => {
    const { says, url, plugin } = await startTracked({ onBotServer: true, token: 'scrape-me' });
    await says('order');

    const without = await fetch(`${url}/metrics`);
    const wrong = await fetch(`${url}/metrics`, { headers: { authorization: 'Bearer nope' } });
    const right = await fetch(`${url}/metrics`, { headers: { authorization: 'Bearer scrape-me' } });

    expect([without.status, wrong.status, right.status]).toEqual([401, 401, 200]);
    expect(await without.text()).not.toContain('conversation_');
    expect(await right.text()).toContain(`\n${ENTERED} 1\n`);
    expect(await plugin.metricsAddress()).toBeUndefined();
    await wrong.text();
  });

  it('are on the path that is asked for', async () => {
    const { url } = await startTracked({ onBotServer: true, path: '/internal/metrics' });

    const found = await fetch(`${url}/internal/metrics`);
    const missed = await fetch(`${url}/metrics`);

    expect([found.status, missed.status]).toEqual([200, 404]);
    await Promise.all([found.text(), missed.text()]);
  });

  it('are a warning where the bot has none, and the bot goes on', () => {
    const warnings = spyOnWarnings();
    const adapter = { name: 'none', use: () => {} } as never;

    const controller = new Botkit({
      adapter,
      storage: new MemoryStorage(),
      disable_console: true,
      disable_webserver: true,
    });
    use(controller, { onBotServer: true });

    expect(warnings).toEqual([
      [
        expect.stringContaining('`metrics.onBotServer`'),
        expect.objectContaining({ code: 'OPTION_INVALID' }),
      ],
    ]);
  });
});

describe.each([
  ['prom-client', () => new Registry(), Counter],
  ['@prometheus-io/client', () => new SuccessorRegistry(), SuccessorCounter],
])('a registry of %s', (_, createRegistry, OwnCounter) => {
  it('holds them beside the metrics of the bot, until the shutdown', async () => {
    const registry = createRegistry();
    const own = { name: 'pizzas_total', help: 'Pizzas.', registers: [registry as never] };
    new OwnCounter(own).inc(3);
    const { says, plugin } = await startTracked({ registry, port: 0 });
    await says('order');

    const during = await registry.metrics();
    await plugin.shutdown();
    const after = await registry.metrics();

    expect(during).toContain(`\n${ENTERED} 1\n`);
    expect(during).toContain('\npizzas_total 3');
    expect(after).toContain('\npizzas_total 3');
    expect(after).not.toMatch(/conversation_|whatsapp_|turnspan_/);
  });
});

describe('two plugins', () => {
  it('count their own bots, each in a registry of its own', async () => {
    const first = await startTracked({ port: 0 });
    const second = await startTracked({ port: 0 });

    await first.says('order');
    await first.says('large');
    await second.says('order');

    const street = 'conversation_node_entries_total{flow="order",node="street"}';
    expect(await first.plugin.metrics()).toContain(`\n${street} 1\n`);
    expect(await second.plugin.metrics()).toContain(`\n${street} 0\n`);
    expect(await urlOf(first.plugin)).not.toBe(await urlOf(second.plugin));
  });
});

describe('the shutdown', () => {
  it('frees the port, empties the registry and counts no more, while the bot goes on', async () => {
    const { says, answers, plugin, controller } = await startTracked({ port: 0 });
    await says('order');
    const url = await urlOf(plugin);
    const order = controller.dialogSet.find('order') as object;

    await plugin.shutdown();
    await says('large');

    await expect(fetch(url)).rejects.toThrow();
    expect(await plugin.metrics()).not.toContain('conversation_');
    expect(Object.hasOwn(controller, 'handleTurn')).toBe(false);
    expect(Object.hasOwn(order, 'runStep')).toBe(false);
    expect(answers()).toEqual(['Which size?', 'Which street?']);
  });

  it('may come twice, and before the plugin was in use', async () => {
    const { plugin } = await startTracked({ port: 0 });
    const unused = turnspan({ metrics: { port: 0 } });

    await expect(plugin.shutdown().then(() => plugin.shutdown())).resolves.toBeUndefined();
    await expect(unused.shutdown()).resolves.toBeUndefined();
  });
});
