import { request } from 'node:http';
import { buildPage, type PageFiles } from './support/page-files';
import { type StartedConsole, startConsole, TOKEN } from './support/start-console';

const DAY_MS = 86_400_000;
const PERIOD = `since=${Date.now() - 7 * DAY_MS}&until=${Date.now()}`;
const FLOWS = `data/flows?${PERIOD}`;

let files: PageFiles;
let started: StartedConsole;
let now: number;

beforeAll(() => {
  files = buildPage();
});
afterAll(() => files.remove());
beforeEach(async () => {
  now = Date.now();
  started = await startConsole({ assets: files.folder, now: () => now });
});
afterEach(() => started.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${started.url}${path}`, { headers, redirect: 'manual' });
const logIn = (token: string) =>
  fetch(`${started.url}login`, {
    method: 'POST',
    body: new URLSearchParams({ token }),
    redirect: 'manual',
  });
const toCookie = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? '';
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('a stranger', () => {
  it.each([
    FLOWS,
    `data/journey?flow=order&${PERIOD}`,
    `data/node?flow=order&node=door_code&${PERIOD}`,
    `data/quality?${PERIOD}`,
    'data/investigations',
    'data/investigation?id=red',
    'data/experiments',
    'data/nothing',
  ])('reads nothing of %s', async (path) => {
    const response = await get(path);

    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ error: expect.stringContaining('Log in') });
  });

  it('is asked for the token instead of the page', async () => {
    const response = await get('');

    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const text = await response.text();
    expect(text).toContain('name="token"');
    expect(text).not.toContain('id="app"');
  });

  it('is asked in Spanish where the browser speaks it', async () => {
    const response = await get('', { 'accept-language': 'es-MX,es;q=0.9' });

    expect(await response.text()).toContain('Token de acceso');
  });

  it('gets the files of the login page, and no other', async () => {
    const { script, style, loginScript, loginStyle } = require(`${files.folder}/manifest.json`);

    const statuses = await Promise.all(
      [loginStyle, loginScript, style, script, 'manifest.json'].map(async (name) => {
        const response = await get(`assets/${name}`);
        return response.status;
      }),
    );

    expect(statuses).toEqual([200, 200, 401, 401, 401]);
  });
});

describe('the token', () => {
  it('in the form is exchanged for a cookie that a script cannot read', async () => {
    const response = await logIn(TOKEN);

    expect(response.status).toBe(303);
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Strict');
    expect(cookie).toContain('Path=/');
    expect(cookie).not.toContain(TOKEN);
    expect((await get(FLOWS, { cookie: toCookie(response) })).status).toBe(200);
  });

  it('in a link is exchanged too, and is gone from the address', async () => {
    const response = await get(`?token=${encodeURIComponent(TOKEN)}&x=1`);

    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/?x=1');
    expect((await get('', { cookie: toCookie(response) })).status).toBe(200);
  });

  it('as a bearer lets in a program', async () => {
    const response = await get(FLOWS, bearer(TOKEN));

    expect(response.status).toBe(200);
  });

  it.each([
    ['a wrong one', 'not the token at all'],
    ['an empty one', ''],
    ['one that begins like it', TOKEN.slice(0, -1)],
  ])('is not %s', async (_, token) => {
    const response = await logIn(token);

    expect(response.status).toBe(401);
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it('is refused after five wrong ones, also the right one, until a minute has passed', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) await get(FLOWS, bearer('wrong'));

    const refused = await get(FLOWS, bearer(TOKEN));
    const form = await logIn(TOKEN);
    const link = await get(`?token=${encodeURIComponent(TOKEN)}`);
    now += 60_001;
    const later = await get(FLOWS, bearer(TOKEN));

    expect([refused.status, form.status, link.status, later.status]).toEqual([429, 429, 429, 200]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  });

  it('that is wrong does not lock out those who are in', async () => {
    const cookie = toCookie(await logIn(TOKEN));
    for (let attempt = 0; attempt < 6; attempt += 1) await logIn('wrong');

    const response = await get(FLOWS, { cookie });

    expect(response.status).toBe(200);
  });
});

describe('a session', () => {
  it('ends after twelve hours', async () => {
    const cookie = toCookie(await logIn(TOKEN));
    now += 12 * 3_600_000 + 1;

    const response = await get(FLOWS, { cookie });

    expect(response.status).toBe(401);
  });

  it('ends in the browser when somebody logs out', async () => {
    const response = await fetch(`${started.url}logout`, { method: 'POST', redirect: 'manual' });

    expect(response.headers.get('set-cookie')).toContain('Max-Age=0');
  });

  it.each([
    ['a longer time', (cookie: string) => cookie.replace(/=\d/, '=9')],
    ['another signature', (cookie: string) => `${cookie.slice(0, -2)}AA`],
    ['no signature', (cookie: string) => cookie.replace(/\..*/, '')],
    ['nothing', () => 'turnspan_console='],
  ])('cannot be made up with %s', async (_, forge) => {
    const cookie = forge(toCookie(await logIn(TOKEN)));

    const response = await get(FLOWS, { cookie });

    expect(response.status).toBe(401);
  });

  it('of another token does not count', async () => {
    const other = await startConsole({ assets: files.folder, token: 'another token altogether' });
    const cookie = toCookie(await logIn(TOKEN));

    const response = await fetch(`${other.url}${FLOWS}`, { headers: { cookie } });
    await other.close();

    expect(response.status).toBe(401);
  });
});

describe("the host's own way", () => {
  it('lets in whom it knows, and nobody else', async () => {
    const { close, url } = await startConsole({
      assets: files.folder,
      authorize: async ({ headers }) => headers['x-user'] === 'ada',
    });

    const known = await fetch(`${url}${FLOWS}`, { headers: { 'x-user': 'ada' } });
    const unknown = await fetch(`${url}${FLOWS}`, { headers: { 'x-user': 'eve' } });
    await close();

    expect([known.status, unknown.status]).toEqual([200, 401]);
  });

  it('lets in nobody when it fails', async () => {
    const errors: unknown[] = [];
    const boom = new Error('no directory');
    const { close, url } = await startConsole({
      assets: files.folder,
      onError: (error) => errors.push(error),
      authorize: () => Promise.reject(boom),
    });

    const response = await fetch(`${url}${FLOWS}`);
    await close();

    expect(response.status).toBe(500);
    expect(errors).toEqual([boom]);
  });
});

describe('a form', () => {
  it.each([
    {
      what: 'of another site',
      headers: { 'sec-fetch-site': 'cross-site' },
      body: `token=${TOKEN}`,
      status: 403,
    },
    {
      what: 'that is none',
      headers: { 'content-type': 'application/json' },
      body: '{}',
      status: 413,
    },
    { what: 'that is too long', headers: {}, body: `token=${'x'.repeat(5000)}`, status: 413 },
  ])('$what is refused', async ({ headers, body, status }) => {
    // `fetch` does not let a test set all of these headers.
    const response = await post(`${started.url}login`, { headers, body });

    expect(response).toBe(status);
  });
});

interface Form {
  readonly headers: Record<string, string | undefined>;
  readonly body: string;
}

function post(url: string, { headers, body }: Form): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
    sent.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
