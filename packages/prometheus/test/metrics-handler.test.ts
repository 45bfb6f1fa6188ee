import type { Server } from 'node:http';
import { Registry as SuccessorRegistry } from '@prometheus-io/client';
import { Counter, Gauge, Registry } from 'prom-client';
import { createMetricsHandler, type MetricsHandlerOptions, type ScrapedRegistry } from '../src';
import { CLIENTS } from './support/clients';
import { serve, stop } from './support/http';
import { ACCEPT_OPEN_METRICS, runScript } from './support/run-script';

const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map(stop));
});

async function mount(options: MetricsHandlerOptions): Promise<string> {
  const { url, server } = await serve(createMetricsHandler(options));
  servers.push(server);
  return url;
}

function createRegistry(): Registry {
  const registry = new Registry();
  new Counter({ name: 'own_total', help: 'Own.', registers: [registry] }).inc(3);
  return registry;
}

function createFailingRegistry(): ScrapedRegistry {
  return {
    contentType: 'text/plain',
    getMetricsAsArray: () => [],
    metrics: () => Promise.reject(new Error('secret inside')),
  };
}

describe('createMetricsHandler', () => {
  it('answers in the text format unless asked otherwise', async () => {
    const url = await mount({ registry: createRegistry() });

    const response = await fetch(url);

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(response.headers.get('vary')).toBe('Accept, Accept-Encoding');
    expect(await response.text()).toContain('own_total 3');
  });

  it('answers in OpenMetrics to who takes it', async () => {
    const url = await mount({ registry: createRegistry() });

    const response = await fetch(url, { headers: { accept: ACCEPT_OPEN_METRICS } });

    expect(response.headers.get('content-type')).toBe(
      'application/openmetrics-text; version=1.0.0; charset=utf-8',
    );
    expect(await response.text()).toBe('# HELP own Own.\n# TYPE own counter\nown_total 3\n# EOF\n');
  });

  it('takes an empty registry of either client', async () => {
    const urls = [
      await mount({ registry: new Registry() }),
      await mount({ registry: new SuccessorRegistry() }),
    ];

    const bodies = await Promise.all(
      urls.map(async (url) => {
        const response = await fetch(url, { headers: { accept: ACCEPT_OPEN_METRICS } });
        return response.text();
      }),
    );

    expect(bodies).toEqual(['\n# EOF\n', '\n# EOF\n']);
  });

  it.each(CLIENTS)('compresses what is long: %s', async (_, client) => {
    const registry = runScript(client);
    const url = await mount({ registry });

    const plain = await fetch(url, { headers: { 'accept-encoding': 'gzip;q=0, identity' } });
    const compressed = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });

    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(compressed.headers.get('content-encoding')).toBe('gzip');
    const text = await plain.text();
    expect(Number(compressed.headers.get('content-length'))).toBeLessThan(text.length / 5);
    expect(await compressed.text()).toBe(text);
  });

  it('answers HEAD with the headers alone', async () => {
    const url = await mount({ registry: createRegistry() });

    const response = await fetch(url, { method: 'HEAD' });

    expect(response.status).toBe(200);
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(0);
    expect(await response.text()).toBe('');
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s', async (method) => {
    const url = await mount({ registry: createRegistry(), token: 'secret' });

    const response = await fetch(url, { method });

    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  it.each([
    ['no header', undefined],
    ['a wrong token', 'Bearer secre7'],
    ['a longer token', 'Bearer secret2'],
    ['an empty token', 'Bearer '],
    ['another scheme', 'Basic secret'],
    ['the bare token', 'secret'],
  ])('refuses %s where a token is asked for', async (_, authorization) => {
    const url = await mount({ registry: createRegistry(), token: 'secret' });

    const response = await fetch(url, { headers: authorization ? { authorization } : {} });

    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="metrics"');
    expect(await response.text()).toBe('Unauthorized\n');
  });

  it('lets in who has the token', async () => {
    const url = await mount({ registry: createRegistry(), token: 'secret' });

    const response = await fetch(url, { headers: { authorization: 'Bearer secret' } });

    expect(response.status).toBe(200);
  });

  it('refuses an empty token at the start, which would let everybody in or nobody', () => {
    const create = () => createMetricsHandler({ registry: createRegistry(), token: '' });

    expect(create).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });

  it.each(['text/plain', ACCEPT_OPEN_METRICS])(
    'tells onError, and not the scraper, why a registry fails (%s)',
    async (accept) => {
      const onError = jest.fn();
      const url = await mount({ registry: createFailingRegistry(), onError });

      const response = await fetch(url, { headers: { accept } });

      expect(response.status).toBe(500);
      expect(await response.text()).toBe('Internal Server Error\n');
      expect(onError).toHaveBeenCalledWith(new Error('secret inside'));
    },
  );

  it.each(['text/plain', ACCEPT_OPEN_METRICS])(
    'tells onError and the scraper, in a sentence, that a registry hangs (%s)',
    async (accept) => {
      const onError = jest.fn();
      const registry = createRegistry();
      const collect = () => new Promise<void>(() => undefined);
      new Gauge({ name: 'hanging', help: 'Hangs.', registers: [registry], collect });
      const url = await mount({ registry, timeoutMs: 5, onError });

      const response = await fetch(url, { headers: { accept } });

      expect(response.status).toBe(503);
      expect(await response.text()).toMatch(
        /^The metrics registry did not answer.* 0\.005 s\..*\.\n$/,
      );
      expect(onError.mock.calls).toEqual([
        [expect.objectContaining({ code: 'REGISTRY_UNAVAILABLE' })],
      ]);
    },
  );

  it('does not leave a scraper waiting whose answer somebody else has begun', async () => {
    const onError = jest.fn();
    const handler = createMetricsHandler({ registry: createRegistry(), onError });
    const { url, server } = await serve((request, response) => {
      response.writeHead(200);
      response.flushHeaders();
      handler(request, response);
    });
    servers.push(server);

    const body = fetch(url).then((response) => response.text());

    await expect(body).rejects.toThrow();
    expect(onError).toHaveBeenCalledWith(
      expect.objectContaining({ code: 'ERR_HTTP_HEADERS_SENT' }),
    );
  });
});
