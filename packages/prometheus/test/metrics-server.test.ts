import { TurnspanError } from '@turnspan/core';
import { Counter, Registry } from 'prom-client';
import { createMetricsServer, type MetricsServer, type MetricsServerOptions } from '../src';
import { serve, stop } from './support/http';

const servers: MetricsServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

function createRegistry(): Registry {
  const registry = new Registry();
  new Counter({ name: 'own_total', help: 'Own.', registers: [registry] }).inc(3);
  return registry;
}

async function start(options: Partial<MetricsServerOptions> = {}) {
  const onError = jest.fn();
  const server = createMetricsServer({ registry: createRegistry(), port: 0, onError, ...options });
  servers.push(server);
  const address = await server.listening;
  return { server, onError, address, url: `http://127.0.0.1:${address?.port}` };
}

describe('createMetricsServer', () => {
  it('serves the metrics on loopback', async () => {
    const { url, address } = await start();

    const response = await fetch(`${url}/metrics?x=1`);

    expect(address?.host).toBe('127.0.0.1');
    expect(await response.text()).toContain('own_total 3');
  });

  it('points from the root to the metrics', async () => {
    const { url } = await start({ path: '/internal/metrics' });

    const response = await fetch(url);

    expect(await response.text()).toBe('The metrics are at /internal/metrics\n');
  });

  it.each(['/metric', '/metrics/', '/metrics2', '//', '/favicon.ico'])(
    'knows nothing of %s',
    async (path) => {
      const { url } = await start();

      const response = await fetch(url + path);

      expect(response.status).toBe(404);
    },
  );

  it('asks for the token', async () => {
    const { url } = await start({ token: 'secret' });

    const without = await fetch(`${url}/metrics`);
    const with_ = await fetch(`${url}/metrics`, { headers: { authorization: 'Bearer secret' } });

    expect([without.status, with_.status]).toEqual([401, 200]);
  });

  it('refuses to write', async () => {
    const { url } = await start();

    const response = await fetch(`${url}/metrics`, { method: 'POST', body: 'x' });

    expect(response.status).toBe(405);
  });

  it('goes on without a port that is taken, and says what to do', async () => {
    const first = await start();
    const port = first.address?.port ?? 0;

    const second = await start({ port });

    const [error] = second.onError.mock.calls[0];
    expect(second.address).toBeUndefined();
    expect(error).toBeInstanceOf(TurnspanError);
    expect(error.code).toBe('PORT_UNAVAILABLE');
    expect(error.message).toContain(`127.0.0.1:${port} (EADDRINUSE)`);
    expect(error.message).toMatch(/TURNSPAN_METRICS_PORT.*metrics\.port.*metrics: false/);
    expect(error.cause).toHaveProperty('syscall', 'listen');
  });

  it('does not mind an onError that throws', async () => {
    const { address } = await start();
    const onError = () => {
      throw new Error('handler');
    };

    const second = await start({ port: address?.port ?? 0, onError });

    expect(second.address).toBeUndefined();
  });

  it('frees the port when it is closed, connections and all', async () => {
    const { server, url, address } = await start();
    await (await fetch(`${url}/metrics`)).text();

    await server.close();
    await server.close();

    const again = await start({ port: address?.port ?? 0 });
    expect(again.address).toEqual(address);
  });

  it('does not listen once it was closed, even at once', async () => {
    const server = createMetricsServer({ registry: createRegistry(), port: 0, onError: jest.fn() });

    await server.close();

    const address = await server.listening;
    await expect(fetch(`http://127.0.0.1:${address?.port}/metrics`)).rejects.toThrow();
  });

  it('hands out the handler it listens with', async () => {
    const { server } = await start();
    const other = await serve(server.handler);

    const response = await fetch(`${other.url}/metrics`);

    expect(response.status).toBe(200);
    await response.text();
    await stop(other.server);
  });

  it.each([
    ['port', { port: 70_000 }],
    ['port', { port: '9464' as unknown as number }],
    ['path', { path: 'metrics' }],
    ['token', { token: '' }],
  ])('refuses a wrong %s', (name, options) => {
    const registry = createRegistry();
    const create = () => createMetricsServer({ registry, onError: jest.fn(), ...options });

    expect(create).toThrow(`\`${name}\``);
  });
});
