import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  type GraphApi,
  type GraphApiOptions,
  SAMPLE_LINE,
  startGraphApi,
  textMessage,
  type WebhookBody,
} from '../src/graph-api';

const fixture = (name: string) =>
  JSON.parse(readFileSync(join(__dirname, 'fixtures', `${name}.json`), 'utf8'));

const { phoneNumberId } = SAMPLE_LINE;
const TO = '16505551234';
const hello = { messaging_product: 'whatsapp', to: TO, type: 'text', text: { body: 'Hello' } };

/** Stops what a test started, whether it passed or not. */
const started: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of started.splice(0)) await each.close();
});

async function start(options: Partial<GraphApiOptions> = {}): Promise<GraphApi> {
  const graph = await startGraphApi({
    appSecret: 'secret',
    phoneNumberIds: [phoneNumberId],
    ...options,
  });
  started.push(graph);
  return graph;
}

const interactive = (content: object) => ({
  ...hello,
  type: 'interactive',
  interactive: { body: { text: 'Which?' }, ...content },
});
const buttons = (...titles: string[]) => {
  const items = titles.map((title, id) => ({ type: 'reply', reply: { id: `${id}`, title } }));
  return interactive({ type: 'button', action: { buttons: items } });
};
const lists = (...sections: object[][]) => {
  const action = { button: 'Choose', sections: sections.map((rows) => ({ rows })) };
  return interactive({ type: 'list', action });
};
const list = (...titles: string[]) => lists(titles.map((title, id) => ({ id: `${id}`, title })));

interface GraphAnswer {
  readonly contacts: unknown;
  readonly messages: readonly unknown[];
  readonly error: Readonly<Record<string, unknown>>;
}

/** Sends as a bot would and gives status, headers and body of the answer. */
async function send(graph: GraphApi, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${graph.url}/v26.0/${phoneNumberId}/messages`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer test-access-token',
      'content-type': 'application/json',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as GraphAnswer,
  };
}

interface Hook {
  readonly url: string;
  readonly posts: { readonly raw: string; readonly headers: IncomingHttpHeaders }[];
  readonly connections: () => number;
  close(): void;
}

/** A webhook that keeps what it is told and answers with `status`. */
async function startHook(status = 200): Promise<Hook> {
  const posts: Hook['posts'] = [];
  let connections = 0;
  const server = createServer(async (request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'POST')
      posts.push({ raw: await text(request), headers: request.headers });
    const isVerified = searchParams.get('hub.verify_token') === 'verify-me';
    response.writeHead(status).end(isVerified ? searchParams.get('hub.challenge') : 'OK');
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hook = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    posts,
    connections: () => connections,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  started.push(hook);
  return hook;
}

const statusesOf = (raw: string) =>
  (JSON.parse(raw) as WebhookBody).entry.flatMap(({ changes }) =>
    changes.flatMap(({ value }) => value.statuses as { status: string; timestamp: string }[]),
  );

describe('sending', () => {
  it('answers like the Cloud API', async () => {
    const graph = await start();

    const { status, body, headers } = await send(graph, hello);

    const { message_status: _, ...message } = fixture('api.messages.send_accepted').messages[0];
    expect(status).toBe(200);
    expect(body).toEqual({
      ...fixture('api.messages.send_accepted'),
      messages: [{ ...message, id: expect.stringMatching(/^wamid\.HBgL/) }],
    });
    expect(JSON.parse(headers.get('x-app-usage') ?? '')).toHaveProperty('call_count');
    expect(JSON.parse(headers.get('x-business-use-case-usage') ?? '')).toEqual({
      '102290129340398': [
        JSON.parse(fixture('api.headers.business_use_case_usage')['x-business-use-case-usage'])[
          '102290129340398'
        ][1],
      ],
    });
  });

  it('keeps what was sent, when it came and when it was accepted', async () => {
    let now = 1000;
    const delay = async (ms: number) => {
      now += ms;
    };
    const graph = await start({ clock: { now: () => now }, latencyMs: 250, delay });

    await send(graph, { ...hello, biz_opaque_callback_data: 'node=1' });
    graph.setLatency(({ to }) => to.length);
    await send(graph, hello);

    const request = { phoneNumberId, to: TO, type: 'text' };
    expect(graph.sent).toEqual([
      {
        ...request,
        id: expect.any(String),
        body: { ...hello, biz_opaque_callback_data: 'node=1' },
        tag: 'node=1',
        receivedAt: 1000,
        acceptedAt: 1250,
      },
      {
        ...request,
        id: expect.any(String),
        body: hello,
        tag: undefined,
        receivedAt: 1250,
        acceptedAt: 1261,
      },
    ]);
  });

  it('gives every message an id of its own, the same ones in every run', async () => {
    const [one, two] = [await start(), await start()];

    for (const graph of [one, one, two, two]) await send(graph, hello);

    const ids = one.sent.map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    expect(two.sent.map(({ id }) => id)).toEqual(ids);
  });

  it('takes a business-scoped user id as the recipient', async () => {
    const graph = await start();
    const { to: _, ...rest } = hello;

    const { body } = await send(graph, { ...rest, recipient: 'US.13491208655302741918' });

    expect(body.contacts).toEqual([
      { input: 'US.13491208655302741918', user_id: 'US.13491208655302741918' },
    ]);
  });

  it('says of a template that it was accepted', async () => {
    const graph = await start();
    const template = { name: 'offer', language: { code: 'en_US' } };

    const { body } = await send(graph, { ...hello, type: 'template', template });

    expect(body.messages[0]).toHaveProperty('message_status', 'accepted');
  });

  it('marks messages as read and shows that the bot is typing', async () => {
    const graph = await start({ clock: { now: () => 7 } });
    const read = { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.A' };

    const { body } = await send(graph, { ...read, typing_indicator: { type: 'text' } });

    expect(body).toEqual({ success: true });
    expect(graph.reads).toEqual([{ phoneNumberId, messageId: 'wamid.A', typing: true, at: 7 }]);
    expect(graph.sent).toEqual([]);
  });
});

describe('refusing', () => {
  const { type: _, ...untyped } = hello;

  it.each([
    ['no JSON', '{', 100],
    ['no product', { ...hello, messaging_product: undefined }, 100],
    ['no recipient', { ...hello, to: undefined }, 100],
    ['an unknown type', { ...hello, type: 'poll', poll: {} }, 100],
    ['a type without its content', { ...hello, type: 'image' }, 100],
    ['a tag that is too long', { ...hello, biz_opaque_callback_data: 'x'.repeat(513) }, 100],
    ['a text that is too long', { ...untyped, text: { body: 'x'.repeat(4097) } }, 100],
    ['an empty text', { ...hello, text: { body: '' } }, 131008],
    ['a picture without a file', { ...hello, type: 'image', image: {} }, 131008],
    [
      'a template without a language',
      { ...hello, type: 'template', template: { name: 'a' } },
      131008,
    ],
    ['half a place', { ...hello, type: 'location', location: { latitude: 1 } }, 131008],
    ['a reaction to nothing', { ...hello, type: 'reaction', reaction: { emoji: '👍' } }, 131008],
    ['no buttons', buttons(), 131009],
    ['four buttons', buttons('a', 'b', 'c', 'd'), 131009],
    ['a long button', buttons('x'.repeat(21)), 131009],
    ['eleven rows', list(...'abcdefghijk'), 131009],
    ['a long row', list('x'.repeat(25)), 131009],
    [
      'rows of the same id',
      lists([
        { id: 'a', title: 'A' },
        { id: 'a', title: 'B' },
      ]),
      131009,
    ],
    ['a row without an id', lists([{ title: 'A' }]), 131009],
    [
      'a row that says too much',
      lists([{ id: 'a', title: 'A', description: 'x'.repeat(73) }]),
      131009,
    ],
    ['a list without rows', lists([]), 131008],
    [
      'two sections without titles',
      lists([{ id: 'a', title: 'A' }], [{ id: 'b', title: 'B' }]),
      131008,
    ],
    ['a list without a button', interactive({ type: 'list', action: { sections: [] } }), 131009],
    ['something to tap without action', interactive({ type: 'button' }), 131008],
    ['a read receipt for nothing', { messaging_product: 'whatsapp', status: 'read' }, 100],
    [
      'buttons under no text',
      interactive({ type: 'button', body: {}, action: { buttons: [] } }),
      131009,
    ],
  ])('refuses %s', async (_name, body, code) => {
    const graph = await start();

    const answer = await send(graph, body);

    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({
      code,
      type: 'OAuthException',
      fbtrace_id: expect.any(String),
    });
    expect(answer.body.error.message).toMatch(`(#${code}) `);
    expect(graph.sent).toEqual([]);
  });

  it('keeps what it refused', async () => {
    const graph = await start();

    await send(graph, buttons());

    expect(graph.refused).toMatchObject([{ code: 131009, to: TO, type: 'interactive' }]);
  });

  it.each([
    ['the longest text', { ...hello, text: { body: 'x'.repeat(4096) } }],
    ['three buttons', buttons('x'.repeat(20), 'b', 'c')],
    ['ten rows', list('x'.repeat(24), ...'abcdefghi')],
    ['a picture', { ...hello, type: 'image', image: { link: 'https://example.com/a.jpg' } }],
    ['a place', { ...hello, type: 'location', location: { latitude: '1.5', longitude: 0 } }],
  ])('accepts %s', async (_name, body) => {
    expect(await send(await start(), body)).toMatchObject({ status: 200 });
  });

  it('has the shape of the documented error', async () => {
    const { body } = await send(await start(), buttons('a', 'b', 'c', 'd'));

    expect(Object.keys(body.error)).toEqual(Object.keys(fixture('api.error.100').error));
    expect(body.error.error_data).toEqual({
      messaging_product: 'whatsapp',
      details: 'Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3',
    });
  });

  it('lets nobody in without the token', async () => {
    const { status, body } = await send(await start(), hello, { authorization: 'Bearer other' });

    expect(status).toBe(401);
    expect(body.error).toMatchObject({
      code: fixture('api.error.190').error.code,
      type: 'OAuthException',
    });
  });

  it.each([
    ['POST', '/v26.0/999/messages', { code: 100, error_subcode: 33, type: 'GraphMethodException' }],
    ['GET', `/v26.0/${phoneNumberId}/messages`, { code: 100, error_subcode: 33 }],
    ['GET', '/v26.0/nothing/here', { code: 2500 }],
  ])('knows no %s %s', async (method, path, error) => {
    const graph = await start();
    const headers = { authorization: 'Bearer test-access-token' };

    const response = await fetch(graph.url + path, { method, headers });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error });
  });
});

describe('failing on request', () => {
  it('fails once with the documented error, then goes on', async () => {
    const graph = await start();
    graph.failNext({ kind: 'error', code: 130429 });

    const [failed, sent] = [await send(graph, hello), await send(graph, hello)];

    const { error_subcode: _, ...documented } = fixture('api.error.130429').error;
    expect(failed.status).toBe(429);
    expect(failed.body.error).toEqual({ ...documented, fbtrace_id: expect.any(String) });
    expect(sent.status).toBe(200);
    expect(graph.refused).toMatchObject([{ code: 130429, to: TO }]);
  });

  it('fails as often as it is told, and only for whom', async () => {
    const graph = await start();
    graph.failNext({ kind: 'error', code: 131047 }, { times: 2, when: ({ to }) => to === TO });

    const statuses: number[] = [];
    for (const to of [TO, '4915550001', TO, TO]) {
      statuses.push((await send(graph, { ...hello, to })).status);
    }

    expect(statuses).toEqual([400, 200, 400, 200]);
  });

  it('takes a failure back', async () => {
    const graph = await start();
    const stop = graph.failNext(
      { kind: 'error', code: 131000 },
      { times: Number.POSITIVE_INFINITY },
    );

    const failed = await send(graph, hello);
    stop();

    expect(failed.status).toBe(500);
    expect(await send(graph, hello)).toMatchObject({ status: 200 });
  });

  it('answers with a page that is no JSON', async () => {
    const graph = await start();
    graph.failNext({ kind: 'unavailable', httpStatus: 502 });

    await expect(send(graph, hello)).rejects.toThrow(/JSON/);
    expect(graph.refused).toMatchObject([{ code: undefined }]);
  });

  it.each([
    ['reset', 0],
    ['lost_answer', 1],
  ] as const)('breaks the connection: %s', async (kind, accepted) => {
    const graph = await start();
    graph.failNext({ kind });

    await expect(send(graph, hello)).rejects.toThrow();
    expect(graph.sent).toHaveLength(accepted);
  });
});

describe('webhooks', () => {
  it('are signed over exactly what is sent, in plain ASCII', async () => {
    const [graph, hook] = [await start(), await startHook()];
    graph.setWebhookUrl(hook.url);
    const body = textMessage({ from: { phone: TO }, at: 0 }, 'Grüße 👋 https://example.com');

    const status = await graph.postWebhook(body);

    const [{ raw, headers } = { raw: '', headers: {} }] = hook.posts;
    const signature = createHmac('sha256', 'secret').update(raw).digest('hex');
    expect(status).toBe(200);
    expect(JSON.parse(raw)).toEqual(body);
    expect(raw).toContain('Gr\\u00fc\\u00dfe \\ud83d\\udc4b https:\\/\\/example.com');
    expect(headers['x-hub-signature-256']).toBe(`sha256=${signature}`);
  });

  it.each([
    ['another signature', 'sha256=00', 'sha256=00'],
    ['no signature', null, undefined],
  ])('can come with %s', async (_name, signature, received) => {
    const hook = await startHook(401);
    const graph = await start({ webhookUrl: hook.url });

    const status = await graph.postWebhook(textMessage({ from: { phone: TO }, at: 0 }, 'Hi'), {
      signature,
    });

    expect(status).toBe(401);
    expect(hook.posts[0]?.headers['x-hub-signature-256']).toBe(received);
  });

  it('do the handshake', async () => {
    const hook = await startHook();
    const graph = await start({ webhookUrl: hook.url });

    expect(await graph.verifyWebhook('verify-me')).toBe(true);
    expect(await graph.verifyWebhook('wrong')).toBe(false);
  });

  it('need an address', async () => {
    const graph = await start();
    const body = textMessage({ from: { phone: TO }, at: 0 }, 'Hi');

    await expect(graph.postWebhook(body)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });

  it('reuse their connections', async () => {
    const hook = await startHook();
    const graph = await start({ webhookUrl: hook.url });

    for (let at = 0; at < 50; at += 1) {
      await graph.postWebhook(textMessage({ from: { phone: TO }, at }, 'Hi'));
    }

    expect(hook.posts).toHaveLength(50);
    expect(hook.connections()).toBe(1);
  });
});

describe('statuses', () => {
  const policy: GraphApiOptions['statuses'] = () => [
    { status: 'sent', afterMs: 100 },
    { status: 'delivered', afterMs: 1200 },
    { status: 'read', afterMs: 60_000 },
  ];

  it('come when the clock says so', async () => {
    const hook = await startHook();
    const options = { webhookUrl: hook.url, statuses: policy, clock: { now: () => 5000 } };
    const graph = await start(options);
    await send(graph, { ...hello, biz_opaque_callback_data: 'node=1' });

    const dueAt = graph.nextStatusAt();
    const before = await graph.flushStatuses();
    const after = await graph.flushStatuses(6200);

    const common = { recipient_id: TO, biz_opaque_callback_data: 'node=1', id: graph.sent[0]?.id };
    expect([dueAt, before, after]).toEqual([5100, [], [200, 200]]);
    expect(hook.posts.flatMap(({ raw }) => statusesOf(raw))).toEqual([
      { ...common, status: 'sent', timestamp: '5' },
      {
        ...common,
        status: 'delivered',
        timestamp: '6',
        pricing: {
          billable: false,
          pricing_model: 'PMP',
          type: 'free_customer_service',
          category: 'service',
        },
      },
    ]);
    expect(graph.nextStatusAt()).toBe(65_000);
  });

  it('come out of order and more than once on request', async () => {
    const hook = await startHook();
    const graph = await start({ webhookUrl: hook.url, clock: { now: () => 0 } });
    graph.setStatuses(() => [
      { status: 'sent', afterMs: 100, arrivesAfterMs: 3000 },
      { status: 'delivered', afterMs: 1000, copies: 2 },
      { status: 'failed', afterMs: 2000, code: 131026 },
    ]);
    await send(graph, hello);

    await graph.flushStatuses(Number.POSITIVE_INFINITY);

    const arrived = hook.posts.flatMap(({ raw }) => statusesOf(raw));
    expect(arrived.map(({ status }) => status)).toEqual([
      'delivered',
      'delivered',
      'failed',
      'sent',
    ]);
    expect(arrived[2]).toMatchObject({
      errors: [{ code: 131026, title: 'Message undeliverable' }],
    });
  });

  it('come many in one webhook on request', async () => {
    const hook = await startHook();
    const graph = await start({ webhookUrl: hook.url, statuses: policy, statusesPerWebhook: 100 });
    for (let count = 0; count < 5; count += 1) await send(graph, hello);

    const answers = await graph.flushStatuses(Number.POSITIVE_INFINITY);

    expect(answers).toEqual([200]);
    expect(hook.posts.flatMap(({ raw }) => statusesOf(raw))).toHaveLength(15);
  });

  it('stay due when nobody listens', async () => {
    const graph = await start({ statuses: policy, clock: { now: () => 0 } });
    await send(graph, hello);

    await expect(graph.flushStatuses(60_000)).rejects.toThrow();

    expect(graph.nextStatusAt()).toBe(100);
  });

  it('name the customer as the business knows them', async () => {
    const hook = await startHook();
    const customer = () => ({ userId: 'US.1', name: 'Sheena Nelson' });
    const graph = await start({ webhookUrl: hook.url, statuses: policy, customer });
    await send(graph, hello);

    await graph.flushStatuses(Number.POSITIVE_INFINITY);

    expect(statusesOf(hook.posts[0]?.raw ?? '')[0]).toMatchObject({ recipient_user_id: 'US.1' });
  });
});
