import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { type GraphApi, startGraphApi } from '@turnspan/testing';
import { createWebhookHandler } from '@turnspan/whatsapp';
import type { CommandIo } from '../src/cli';
import { judgeRights } from '../src/cli/doctor/check-journal';
import { expectGolden, widthOfLines } from './cli/golden';
import { foldersForTests, writeJournal } from './cli/journal';
import { DAY, HOUR, NOW, type Ran, run } from './cli/run';
import { endAfterEach } from './support/bot';

const ACCOUNT = '102290129340398';
const PHONES = ['106540352242922', '106540352242923'];
const SECRETS = {
  WHATSAPP_ACCESS_TOKEN: 'EAAtokenOfTheSystemUser',
  WHATSAPP_APP_SECRET: 'secret/of+the=app',
  WHATSAPP_VERIFY_TOKEN: 'the word that was agreed',
};
const newFolder = foldersForTests();
const endAfterTest = endAfterEach();

async function startGraph(): Promise<GraphApi> {
  const graph = await startGraphApi({
    appSecret: SECRETS.WHATSAPP_APP_SECRET,
    accessToken: SECRETS.WHATSAPP_ACCESS_TOKEN,
    phoneNumberIds: PHONES,
    clock: { now: () => NOW },
  });
  endAfterTest(() => graph.close());
  return graph;
}

/** A server on this machine; gives its address. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endAfterTest(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The webhook of a bot, as it should be unless it has other secrets. */
function serveWebhook({
  appSecret = SECRETS.WHATSAPP_APP_SECRET,
  verifyToken = SECRETS.WHATSAPP_VERIFY_TOKEN,
} = {}): Promise<string> {
  return serve(createWebhookHandler({ appSecret, verifyToken, onSignal: () => {} }));
}

const answering = (status: number, body = '') =>
  serve((_request, response) => response.writeHead(status).end(body));

/** Meta's clock is that of the tests, or wrong by some time. */
function fetchAt(time = NOW): typeof fetch {
  return async (url, init) => {
    const { status, headers, ...response } = await fetch(url, init).then(async (answer) => ({
      status: answer.status,
      headers: answer.headers,
      body: await answer.text(),
    }));
    const dated = new Headers(headers);
    if (dated.has('date')) dated.set('date', new Date(time).toUTCString());
    return new Response(response.body, { status, headers: dated });
  };
}

async function examine(
  words: readonly string[],
  io: Partial<CommandIo> = {},
): Promise<Ran & { check(name: string): Record<string, string> | undefined }> {
  const env = { ...SECRETS, WHATSAPP_BUSINESS_ACCOUNT_ID: ACCOUNT };
  // Nothing listens on the port of metrics, whatever else runs on this machine.
  const world = { env, fetch: fetchAt(), ...io };
  const ran = await run(['doctor', '--json', ...words], {
    ...world,
    env: { TURNSPAN_METRICS_PORT: '1', ...world.env },
  });
  return {
    ...ran,
    check: (name) =>
      JSON.parse(ran.stdout).checks.find((each: { check: string }) => each.check === name),
  };
}

/** Asks Meta, with a Graph API that goes wrong in some way. */
async function askMeta(spoil: (graph: GraphApi) => unknown, io?: Partial<CommandIo>) {
  const graph = await startGraph();
  spoil(graph);
  return { graph, ...(await examine(['--base-url', graph.url], io)) };
}

it('finds all well with a bot that is', async () => {
  const graph = await startGraph();
  const webhook = await serveWebhook();
  const metrics = await answering(200, '# HELP\nturnspan_sweep_lag_seconds 0\n');
  const journal = await writeJournal(newFolder());
  const { code, stdout, stderr } = await run(
    [
      'doctor',
      ...['--base-url', graph.url, '--webhook', `${webhook}/webhook`],
      ...['--metrics', `${metrics}/metrics`, '--journal', journal],
    ],
    { env: { ...SECRETS, WHATSAPP_BUSINESS_ACCOUNT_ID: ACCOUNT }, fetch: fetchAt() },
  );

  expect([code, stderr]).toEqual([0, '']);
  expect(widthOfLines(stdout)).toBeLessThanOrEqual(80);
  const steady = stdout
    .replaceAll(dirname(journal), '/data')
    .replaceAll(webhook, 'http://127.0.0.1:3000')
    .replaceAll(metrics, 'http://127.0.0.1:9464');
  expect(steady).toContain('13 ok, 0 wrong, 0 skipped.');
  expect(graph.management.writes).toEqual([]);
});

it('skips what is not given, and asks nobody about it', async () => {
  const asked: unknown[] = [];
  const { code, stdout } = await run(['doctor'], {
    fetch: (url) => {
      asked.push(url);
      return Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } }));
    },
  });

  expect([code, asked]).toEqual([0, ['http://127.0.0.1:9464/metrics']]);
  expectGolden('doctor-skipped', stdout);
  expect(widthOfLines(stdout)).toBeLessThanOrEqual(80);
});

it.each([
  ['20.0.0', 'ok'],
  ['24.1.0', 'ok'],
  ['18.20.4', 'wrong'],
])('takes Node.js %s for %s', async (nodeVersion, status) => {
  const { code, check } = await examine([], { nodeVersion, env: {} });

  expect(check('node')).toMatchObject({ status });
  expect(code).toBe(status === 'ok' ? 0 : 1);
});

describe('the access token', () => {
  const SCOPE = 'whatsapp_business_management';

  it.each<[string, string, (graph: GraphApi) => unknown]>([
    ['ok', 'does not expire', () => {}],
    ['ok', 'expires in 3 d', ({ management }) => management.setToken({ expiresAt: NOW + 3 * DAY })],
    [
      'wrong',
      `lacks the permission ${SCOPE}`,
      ({ management }) => management.setToken({ scopes: [] }),
    ],
    ['wrong', 'expired', ({ management }) => management.setToken({ expiresAt: NOW - 1 })],
    [
      'skipped',
      'does not tell the rights',
      ({ management }) =>
        management.failNext(
          { kind: 'error', code: 100 },
          { when: ({ endpoint }) => endpoint === 'debug_token' },
        ),
    ],
    [
      'wrong',
      'answered 503',
      ({ management }) => management.failNext({ kind: 'unavailable', httpStatus: 503 }),
    ],
  ])('is %s: %s', async (status, found, spoil) => {
    const { check } = await askMeta(spoil);

    expect(check('access token')?.status).toBe(status);
    expect(check('access token')?.found).toContain(found);
  });

  it('is wrong if it is not the one that Meta gave', async () => {
    const env = { ...SECRETS, WHATSAPP_ACCESS_TOKEN: 'EAAanother' };
    const { code, check } = await askMeta(() => {}, { env });

    expect(code).toBe(1);
    expect(check('access token')).toMatchObject({
      status: 'wrong',
      advice: expect.stringContaining('Make a new token'),
    });
  });

  it('cannot be looked at where Meta is not reached', async () => {
    const { code, check } = await examine(['--base-url', 'http://127.0.0.1:1']);

    expect(code).toBe(1);
    expect(check('access token')?.found).toContain('GET debug_token');
    expect(check('account')).toMatchObject({ status: 'wrong' });
    expect(check('clock')).toMatchObject({ status: 'skipped' });
  });
});

describe('the account', () => {
  it('is ok if it can be read', async () => {
    const { check } = await askMeta(() => {});

    expect(check('account')).toMatchObject({
      status: 'ok',
      found: `Lucky Shrub (${ACCOUNT}) can be read.`,
    });
  });

  it('is wrong if it cannot, and then nothing in it is looked at', async () => {
    const graph = await startGraph();
    const { code, check } = await examine(['--base-url', graph.url, '--account', '999']);

    expect(code).toBe(1);
    expect(check('account')).toMatchObject({
      status: 'wrong',
      advice: expect.stringContaining('Assign assets'),
    });
    expect([check('subscription'), check('numbers')]).toMatchObject([
      { status: 'skipped' },
      { status: 'skipped' },
    ]);
  });

  /** Whatever the fake says, Meta says this of the subscribed apps. */
  const subscribedApps = (data: unknown): typeof fetch => {
    const next = fetchAt();
    return (url, init) =>
      String(url).includes('/subscribed_apps')
        ? Promise.resolve(new Response(JSON.stringify({ data })))
        : next(url, init);
  };
  const other = { whatsapp_business_api_data: { id: '1', name: 'Somebody' } };

  it.each([
    ['ok', fetchAt(), 'The app Turnspan (670843887433847) hears of it.'],
    ['wrong', subscribedApps([]), 'No app hears of this account.'],
    ['wrong', subscribedApps([other]), 'Only other apps hear of it: Somebody.'],
  ])('is %s by what hears of it', async (status, fetchLike, found) => {
    const { check } = await askMeta(() => {}, { fetch: fetchLike });

    expect(check('subscription')?.found).toContain(found);
    expect(check('subscription')?.status).toBe(status);
  });

  it('cannot be matched with an app that is not known', async () => {
    const { check } = await askMeta(({ management }) =>
      management.failNext(
        { kind: 'error', code: 100 },
        { when: ({ endpoint }) => endpoint === 'debug_token' },
      ),
    );

    expect(check('subscription')).toMatchObject({ status: 'skipped' });
  });

  it('has each of its numbers looked at, on all pages', async () => {
    const ids = Array.from({ length: 130 }, (_, index) => String(3000 + index));
    const { stdout } = await askMeta(({ business }) => {
      for (const id of ids) business.addPhone(ACCOUNT, { id, rating: 'YELLOW' });
    });

    const numbers = JSON.parse(stdout).checks.filter(({ check }: { check: string }) =>
      check.startsWith('number '),
    );
    expect(numbers).toHaveLength(132);
    expect(numbers.at(-1)).toEqual({
      check: 'number 3129',
      status: 'ok',
      found: '+1 555-078-3881 can be read: YELLOW.',
    });
  });

  it.each<[string, (graph: GraphApi) => unknown]>([
    [
      `number ${PHONES[1]}`,
      ({ management }) =>
        management.failNext({ kind: 'error', code: 10 }, { when: ({ id }) => id === PHONES[1] }),
    ],
    [
      'numbers',
      ({ management }) =>
        management.failNext(
          { kind: 'error', code: 10 },
          { when: ({ endpoint }) => endpoint === 'phone_numbers' },
        ),
    ],
    [
      'numbers',
      ({ business }) => {
        for (const id of PHONES) business.remove(id);
      },
    ],
    [
      'subscription',
      ({ management }) =>
        management.failNext(
          { kind: 'error', code: 10 },
          { when: ({ endpoint }) => endpoint === 'subscribed_apps' },
        ),
    ],
  ])('has something wrong: %s', async (name, spoil) => {
    const { code, check } = await askMeta(spoil);

    expect([code, check(name)?.status]).toEqual([1, 'wrong']);
  });
});

it.each([
  [0, 'ok', "Within 1 s of Meta's."],
  [-20_000, 'ok', "Within 20 s of Meta's."],
  [-2 * HOUR, 'wrong', "It is 2 h ahead of Meta's."],
  [61_000, 'wrong', "It is 1 min 1 s behind Meta's."],
])('the clock of Meta is %s ms ahead: %s', async (ahead, status, found) => {
  const { check } = await askMeta(() => {}, { fetch: fetchAt(NOW + ahead) });

  expect(check('clock')).toMatchObject({ status, found });
});

describe('the webhook', () => {
  const statuses = async (url: string) => {
    const { check, code } = await examine(['--webhook', url], { env: SECRETS_OF_WEBHOOK });
    const names = ['webhook handshake', 'webhook, signed', 'webhook, forged'];
    return { code, is: names.map((name) => check(name)?.status), check };
  };
  const { WHATSAPP_ACCESS_TOKEN: _, ...SECRETS_OF_WEBHOOK } = SECRETS;

  it('is ok', async () => {
    const { code, is } = await statuses(`${await serveWebhook()}/webhook?tenant=1`);

    expect([code, is]).toEqual([0, ['ok', 'ok', 'ok']]);
  });

  it.each<[string, () => Promise<string>, readonly string[]]>([
    [
      'has another verify token',
      () => serveWebhook({ verifyToken: 'another' }),
      ['wrong', 'ok', 'ok'],
    ],
    ['has another app secret', () => serveWebhook({ appSecret: 'another' }), ['ok', 'wrong', 'ok']],
    ['answers everything 200', () => answering(200, 'ok'), ['wrong', 'ok', 'wrong']],
    ['answers nothing but 500', () => answering(500), ['wrong', 'wrong', 'wrong']],
    ['is nowhere', async () => 'http://127.0.0.1:1', ['wrong', 'wrong', 'skipped']],
    [
      'gives the challenge in quotes',
      () =>
        serve((request, response) => {
          const { searchParams } = new URL(request.url ?? '', 'http://x');
          response.end(JSON.stringify(searchParams.get('hub.challenge')));
        }),
      ['wrong', 'ok', 'wrong'],
    ],
    [
      'sends elsewhere',
      async () => {
        const elsewhere = await serveWebhook();
        return serve((request, response) =>
          response.writeHead(307, { location: elsewhere + request.url }).end(),
        );
      },
      ['wrong', 'wrong', 'wrong'],
    ],
  ])('is not if it %s', async (_name, start, expected) => {
    const { code, is } = await statuses(await start());

    expect([code, is]).toEqual([1, expected]);
  });

  it('is not asked for what is not given', async () => {
    const url = await serveWebhook();
    const { check } = await examine(['--webhook', url], { env: {} });

    expect(check('webhook handshake')?.advice).toBe('Set WHATSAPP_VERIFY_TOKEN.');
    expect(check('webhook, signed')?.advice).toBe('Set WHATSAPP_APP_SECRET.');
    expect(check('webhook, forged')?.status).toBe('ok');
  });
});

describe('the journal', () => {
  const look = (file: string, now = () => NOW) =>
    examine([], { now, env: { TURNSPAN_JOURNAL: file } });

  it('is ok', async () => {
    const { code, check } = await look(await writeJournal(newFolder()));

    expect(code).toBe(0);
    expect(check('journal file')?.status).toBe('ok');
    expect(check('journal age')?.found).toBe('Quality was last looked at 4 min ago.');
  });

  it('is wrong if there is none', async () => {
    const { code, check } = await look(join(newFolder(), 'journal.db'));

    expect(code).toBe(1);
    expect(check('journal file')?.found).toContain('There is no journal');
  });

  it('is wrong if others can read it', async () => {
    const file = await writeJournal(newFolder());
    chmodSync(file, 0o644);

    const { check } = await look(file);

    expect(check('journal file')).toMatchObject({ status: 'wrong', advice: `chmod 600 ${file}` });
  });

  it('is wrong if others can write its folder', async () => {
    const folder = join(newFolder(), 'data');
    mkdirSync(folder);
    chmodSync(folder, 0o777);

    const { check } = await look(await writeJournal(folder));

    expect(check('journal file')).toMatchObject({ status: 'wrong', advice: `chmod 700 ${folder}` });
  });

  it.each([
    [{ canWrite: false, fileMode: 0o100600, folderMode: 0o40700 }, 'wrong'],
    [{ canWrite: true, fileMode: 0o100600, folderMode: 0o41777 }, 'ok'],
    [{ canWrite: true, fileMode: undefined, folderMode: undefined }, 'ok'],
  ])('with the rights %j is %s', (rights, status) => {
    expect(judgeRights('journal.db', rights).status).toBe(status);
  });

  it('is wrong if nobody has looked for long', async () => {
    const { code, check } = await look(await writeJournal(newFolder()), () => NOW + 3 * HOUR);

    expect(code).toBe(1);
    expect(check('journal age')).toMatchObject({
      status: 'wrong',
      found: 'Quality was last looked at 3 h 4 min ago.',
    });
  });

  it('is wrong if it knows nothing, or is none', async () => {
    const empty = await look(await writeJournal(newFolder(), []));
    const other = join(newFolder(), 'journal.db');
    writeFileSync(other, 'Dear diary. '.repeat(100), { mode: 0o600 });

    expect(empty.check('journal age')?.found).toBe('It knows nothing of quality yet.');
    expect((await look(other)).check('journal age')?.status).toBe('wrong');
  });
});

describe('the metrics', () => {
  it.each([
    [200, 'turnspan_sweep_lag_seconds 0', 'ok'],
    [401, '', 'ok'],
    [200, 'process_cpu_seconds_total 1', 'wrong'],
    [404, 'turnspan_', 'wrong'],
  ])('that answer %s with %j are %s', async (code, body, status) => {
    const url = await answering(code, body);

    const { check } = await examine(['--metrics', `${url}/metrics`], { env: {} });

    expect(check('metrics')?.status).toBe(status);
  });

  it('are where the environment says', async () => {
    const url = await answering(200, 'turnspan_sweep_lag_seconds 0');

    const { check } = await examine([], { env: { TURNSPAN_METRICS_PORT: new URL(url).port } });

    expect(check('metrics')).toMatchObject({ status: 'ok', found: `${url}/metrics has them.` });
  });

  it.each([
    [['--metrics', 'http://127.0.0.1:1/metrics'], '9464', 'wrong'],
    [[], '1', 'skipped'],
    [[], 'none', 'wrong'],
  ])('that nobody serves: %j, port %s, %s', async (words, port, status) => {
    const { check } = await examine(words, { env: { TURNSPAN_METRICS_PORT: port } });

    expect(check('metrics')?.status).toBe(status);
  });
});

describe('secrets', () => {
  /** A server that says all it hears. */
  const serveEcho = () =>
    serve(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const heard = [request.url, JSON.stringify(request.headers), Buffer.concat(chunks)].join(' ');
      const message = `${heard} ${Object.values(SECRETS).join(' ')}`;
      response.writeHead(400).end(JSON.stringify({ error: { code: 100, message }, message }));
    });

  const startAll = [
    ['wrong', serveEcho],
    ['well', async () => (await startGraph()).url],
  ] as const;

  it.each(startAll)('are in no output when all is %s', async (_name, start) => {
    const graph = await start();
    const webhook = await serveEcho();
    const words = [
      '--base-url',
      graph,
      '--webhook',
      `${webhook}/?key=${SECRETS.WHATSAPP_APP_SECRET}`,
    ];
    const typed = [
      ...['--access-token', SECRETS.WHATSAPP_ACCESS_TOKEN],
      ...['--app-secret', SECRETS.WHATSAPP_APP_SECRET],
      ...['--verify-token', SECRETS.WHATSAPP_VERIFY_TOKEN, '--account', ACCOUNT],
    ];
    const env = { ...SECRETS, WHATSAPP_BUSINESS_ACCOUNT_ID: ACCOUNT };
    const io = { fetch: fetchAt() };

    const runs = [
      await run(['doctor', ...words], { ...io, env }),
      await run(['doctor', '--json', ...words], { ...io, env }),
      await run(['doctor', ...words, ...typed], io),
    ];

    for (const { stdout, stderr, code } of runs) {
      expect(code).toBe(1);
      for (const secret of Object.values(SECRETS)) {
        const output = (stdout + stderr).replace(/\s+/g, ' ');
        expect(output).not.toContain(secret);
        expect(output).not.toContain(encodeURIComponent(secret));
      }
    }
  });
});
