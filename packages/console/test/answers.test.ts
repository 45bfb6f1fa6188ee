import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { TurnspanError } from '@turnspan/core';
import { createConsole, createConsoleServer } from '../src';
import { createMadeUpSource } from './support/made-up-source';
import { buildPage, type PageFiles } from './support/page-files';
import { startConsole, TOKEN } from './support/start-console';

const NOW = Date.now();
const PERIOD = `since=${NOW - 7 * 86_400_000}&until=${NOW}`;
const AUTHORIZED = { headers: { authorization: `Bearer ${TOKEN}` } };

let files: PageFiles;
beforeAll(() => {
  files = buildPage();
});
afterAll(() => files.remove());

describe('every answer', () => {
  it.each([
    ['', 200],
    [`data/flows?${PERIOD}`, 200],
    ['data/nothing', 404],
    ['elsewhere', 404],
  ])('for %s can neither be framed, sniffed nor kept', async (path, status) => {
    const { url, close } = await startConsole({ assets: files.folder });

    const { headers, ...response } = await read(`${url}${path}`);
    await close();

    expect(response.status).toBe(status);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self';");
    expect(policy).not.toContain('unsafe');
  });

  it('with a file may be kept, because its name changes with it', async () => {
    const { url, close } = await startConsole({ assets: files.folder });
    const { script } = require(`${files.folder}/manifest.json`);

    const { status, headers } = await read(`${url}assets/${script}`);
    await close();

    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(headers.get('cache-control')).toContain('immutable');
  });
});

describe('a file of the page', () => {
  it.each([
    ['gzip, deflate, br', 'gzip'],
    ['identity', null],
    ['gzip;q=0', null],
  ])('for %s is sent with the encoding %s, and is the same', async (accepted, encoding) => {
    const { url, close } = await startConsole({ assets: files.folder });
    const { style } = require(`${files.folder}/manifest.json`);

    const response = await fetch(`${url}assets/${style}`, {
      headers: { ...AUTHORIZED.headers, 'accept-encoding': accepted },
    });
    const text = await response.text();
    await close();

    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(text).toBe(readFileSync(join(files.folder, style), 'utf8'));
  });
});

describe('a document', () => {
  it.each([
    [`data/flows?${PERIOD}`, 'flows'],
    [`data/journey?flow=order&${PERIOD}`, 'nodes'],
    [`data/node?flow=order&node=door_code&${PERIOD}`, 'signals'],
    [`data/quality?${PERIOD}`, 'tracks'],
    ['data/investigations', 'investigations'],
    ['data/investigation?id=red', 'answer'],
    ['data/experiments', 'experiments'],
  ])('is what the source gives for %s', async (path, part) => {
    const { url, close } = await startConsole({ assets: files.folder });

    const { status, headers, json } = await read(`${url}${path}`);
    await close();

    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(json()).toHaveProperty(part);
  });

  it('is sent without its body for HEAD', async () => {
    const { url, close } = await startConsole({ assets: files.folder });

    const response = await fetch(`${url}data/investigations`, { ...AUTHORIZED, method: 'HEAD' });
    await close();

    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });

  it.each([
    ['data/flows', 400, '`since` is missing.'],
    ['data/flows?since=1&until=x', 400, '`until` is a time in whole milliseconds.'],
    ['data/flows?since=2&until=1', 400, '`until` has to be later than `since`.'],
    ['data/flows?since=0&until=99999999999', 400, 'A period has at most 400 days.'],
    [`data/journey?${PERIOD}`, 400, '`flow` is missing.'],
    [`data/journey?flow=${'x'.repeat(201)}&${PERIOD}`, 400, '`flow` has at most 200 characters.'],
    [`data/journey?flow=nowhere&${PERIOD}`, 404, 'Nothing is known of that.'],
    ['data/investigation?id=never', 404, 'Nothing is known of that.'],
    ['data/constructor', 404, 'Nothing is known of that.'],
  ])('that cannot be had says why: %s', async (path, status, error) => {
    const { url, close } = await startConsole({ assets: files.folder });

    const response = await read(`${url}${path}`);
    await close();

    expect(response.status).toBe(status);
    expect(response.json()).toEqual({ error });
  });

  it('that the source fails to give tells nothing of the inside', async () => {
    const errors: unknown[] = [];
    const boom = new Error('password of the database is hunter2');
    const { url, close } = await startConsole({
      assets: files.folder,
      onError: (error) => errors.push(error),
      source: { ...createMadeUpSource(NOW), experiments: () => Promise.reject(boom) },
    });

    const response = await read(`${url}data/experiments`);
    await close();

    expect(response.status).toBe(500);
    expect(response.text).not.toContain('hunter2');
    expect(errors).toEqual([boom]);
  });

  it('that takes too long is given up', async () => {
    const { url, close } = await startConsole({
      assets: files.folder,
      onError: () => undefined,
      timeoutMs: 20,
      source: { ...createMadeUpSource(NOW), experiments: () => new Promise(() => undefined) },
    });

    const response = await read(`${url}data/experiments`);
    await close();

    expect(response.status).toBe(503);
  });

  it('that is too large is not sent', async () => {
    const huge = { nodes: 'x'.repeat(9 * 1024 * 1024) } as unknown as undefined;
    const { url, close } = await startConsole({
      assets: files.folder,
      source: { ...createMadeUpSource(NOW), journey: async () => huge },
    });

    const response = await read(`${url}data/journey?flow=order&${PERIOD}`);
    await close();

    expect(response.status).toBe(500);
    expect(response.text.length).toBeLessThan(200);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('is not for %s', async (method) => {
    const { url, close } = await startConsole({ assets: files.folder });

    const response = await fetch(`${url}data/experiments`, { ...AUTHORIZED, method });
    await close();

    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });
});

describe('a console below a path', () => {
  it.each([
    ['/insights/?x=1', 200, null],
    ['/insights', 303, '/insights/'],
    ['/insights?x=1', 303, '/insights/?x=1'],
    ['/', 404, null],
    ['/insightsful/', 404, null],
  ])('answers %s with %d', async (path, status, location) => {
    const { url, close } = await startConsole({ assets: files.folder, path: '/insights' });

    const response = await fetch(new URL(path, url), { ...AUTHORIZED, redirect: 'manual' });
    await close();

    expect(response.status).toBe(status);
    expect(response.headers.get('location')).toBe(location);
  });

  it('writes its path as text into the page', async () => {
    const { url, close } = await startConsole({ assets: files.folder, path: '/a"><script>' });

    const response = await read(encodeURI(url));
    await close();

    expect(response.text).not.toContain('"><script>');
  });
});

describe('a console in the web server of a bot', () => {
  // Botkit's own Express, which parses forms before anybody else sees them.
  const express = createRequire(require.resolve('botkit'))('express');
  let server: Server;
  let url: string;

  beforeAll(async () => {
    const handler = createConsole({
      source: createMadeUpSource(NOW),
      token: TOKEN,
      assets: files.folder,
    });
    const app = express()
      .use(express.urlencoded({ extended: true }))
      .use('/console', handler);
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each([
    ['/console', 303],
    ['/console/', 200],
    [`/console/data/flows?${PERIOD}`, 200],
    ['/console/data/nothing', 404],
  ])('answers %s with %d', async (path, status) => {
    const response = await fetch(`${url}${path}`, { ...AUTHORIZED, redirect: 'manual' });

    expect(response.status).toBe(status);
  });

  it('logs in with a form that Express has read', async () => {
    const response = await fetch(`${url}/console/login`, {
      method: 'POST',
      body: new URLSearchParams({ token: TOKEN }),
      redirect: 'manual',
    });

    expect(response.headers.get('location')).toBe('/console/');
    expect(response.headers.get('set-cookie')).toContain('Path=/console/;');
  });
});

describe('an option', () => {
  const source = createMadeUpSource(NOW);
  const assets = () => files.folder;

  it.each([
    ['neither token nor authorize', { source }, 'open to everybody'],
    ['a short token', { source, token: 'short' }, 'at least 16 characters, got 5'],
    ['a path without a slash', { source, token: TOKEN, path: 'console' }, 'begin with a slash'],
    ['no time at all', { source, token: TOKEN, sessionMs: 0 }, '`sessionMs`'],
  ])('is refused: %s', (_, options, detail) => {
    const create = () => createConsole({ ...options, assets: assets() });

    expect(create).toThrow(TurnspanError);
    expect(create).toThrow(detail);
  });

  it('that names no built page is refused', () => {
    expect(() => createConsole({ source, token: TOKEN, assets: __dirname })).toThrow(
      'Expected `assets` to be a folder with the built page',
    );
  });

  it('that names a port which is taken is reported, and nothing is thrown', async () => {
    const first = await startConsole({ assets: files.folder });
    const errors: unknown[] = [];
    const port = Number(new URL(first.url).port);

    const second = createConsoleServer({
      source,
      token: TOKEN,
      port,
      assets: files.folder,
      onError: (error) => errors.push(error),
    });
    const address = await second.listening;
    await Promise.all([first.close(), second.close()]);

    expect(address).toBeUndefined();
    expect(errors).toEqual([expect.objectContaining({ code: 'PORT_UNAVAILABLE' })]);
  });
});

async function read(url: string) {
  const response = await fetch(url, AUTHORIZED);
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: (): unknown => JSON.parse(text),
  };
}
