import { TurnspanError } from '@turnspan/core';
import {
  createGraphClient,
  type Fetch,
  type GraphClientOptions,
  GraphError,
  type GraphUsage,
} from '../src';
import { createManualTimer, fixture, readAll, serve } from './harness';

const TOKEN = 'EAAsecret';

/** A client whose Graph API gives one answer. */
function createClient(
  answer: { status?: number; body?: string; headers?: Record<string, string> } = {},
  options: Partial<GraphClientOptions> = {},
) {
  const { status = 200, body = '{}', headers = {} } = answer;
  const requests: { url: string; method: string; body: unknown; headers: object }[] = [];
  const fetch: Fetch = async (url, init) => {
    const { method, headers: sent } = init;
    requests.push({ url, method, body: init.body && JSON.parse(init.body), headers: sent });
    return new Response(body, { status, headers });
  };
  return { requests, client: createGraphClient({ accessToken: TOKEN, fetch, ...options }) };
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error) => error,
  );
}

describe('a request', () => {
  it('goes to the version of the API, with the token in a header only', async () => {
    const { client, requests } = createClient();

    await client.request('GET', '123/phone_numbers', {
      query: { fields: 'id,status', limit: '5' },
    });

    expect(requests).toEqual([
      {
        url: 'https://graph.facebook.com/v26.0/123/phone_numbers?fields=id%2Cstatus&limit=5',
        method: 'GET',
        body: undefined,
        headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
      },
    ]);
  });

  it.each([
    ['api.messages.send_accepted', 'accepted'],
    ['api.messages.send_held', 'held_for_quality_assessment'],
  ])('sends a message: %s', async (name, messageStatus) => {
    const { client, requests } = createClient({ body: fixture(name) });

    const sent = await client.sendMessage('1/2', { to: '1', type: 'text', text: { body: 'Hi' } });

    expect(sent).toEqual({ id: expect.stringMatching(/^wamid\./), messageStatus });
    expect(requests[0]).toMatchObject({
      url: 'https://graph.facebook.com/v26.0/1%2F2/messages',
      body: { messaging_product: 'whatsapp', to: '1', type: 'text', text: { body: 'Hi' } },
    });
  });

  it('marks a message as read, and shows typing', async () => {
    const { client, requests } = createClient({ body: '{"success":true}' });

    await client.markRead('1', 'wamid.1');
    await client.markRead('1', 'wamid.2', { typing: true });

    expect(requests.map(({ body }) => body)).toEqual([
      { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.1' },
      {
        messaging_product: 'whatsapp',
        status: 'read',
        message_id: 'wamid.2',
        typing_indicator: { type: 'text' },
      },
    ]);
  });

  it('works over HTTP with the fetch of this machine', async () => {
    const server = await serve(async (request, response) => {
      response.end(JSON.stringify({ url: request.url, body: String(await readAll(request)) }));
    });

    const client = createGraphClient({ accessToken: TOKEN, baseUrl: `${server.url}/` });
    const answer = await client.request('POST', '1/messages', { body: { a: '😀' } });
    await server.close();

    expect(answer).toEqual({ url: '/v26.0/1/messages', body: '{"a":"😀"}' });
  });
});

describe('a refusal', () => {
  it.each([
    [
      'api.error.130429',
      400,
      {
        graphCode: 130429,
        subcode: 2494055,
        failureClass: 'throttled',
        retryable: true,
        details: 'Cloud API message throughput has been reached.',
      },
    ],
    ['api.error.80007', 400, { graphCode: 80007, failureClass: 'throttled', retryable: true }],
    ['api.error.4_transient', 400, { graphCode: 4, isTransient: true, retryable: true }],
    [
      'api.error.190',
      401,
      { graphCode: 190, subcode: 463, failureClass: 'auth', retryable: false },
    ],
    ['api.error.100', 400, { graphCode: 100, failureClass: 'other', retryable: false }],
    ['api.error.190', 500, { retryable: false }],
  ])('with %s and status %d', async (name, status, expected) => {
    const { client } = createClient({ status, body: fixture(name) });

    const error = await failureOf(client.request('GET', '1'));

    expect(error).toBeInstanceOf(GraphError);
    expect(error).toBeInstanceOf(TurnspanError);
    expect(error).toMatchObject({ code: 'GRAPH_REQUEST_FAILED', status, ...expected });
  });

  it.each([
    [502, '<html>Bad gateway</html>', true],
    [429, '', true],
    [404, 'null', false],
    [200, 'not JSON', false],
  ])('with status %d and the body %j', async (status, body, retryable) => {
    const { client } = createClient({ status, body });

    const error = await failureOf(client.request('GET', '1'));

    expect(error).toMatchObject({
      code: 'GRAPH_REQUEST_FAILED',
      status,
      retryable,
      graphCode: undefined,
    });
  });
});

describe('no answer', () => {
  it('within the time is unreachable', async () => {
    const timer = createManualTimer();
    const fetch: Fetch = (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        timer.fire();
      });
    const { client } = createClient({}, { fetch, startTimer: timer.start, timeoutMs: 7 });

    const error = await failureOf(client.request('GET', '1'));

    expect(error).toMatchObject({
      code: 'GRAPH_UNREACHABLE',
      message: expect.stringContaining('7 ms'),
    });
  });

  it('because the connection is refused says so', async () => {
    const server = await serve(() => {});
    await server.close();
    const client = createGraphClient({ accessToken: TOKEN, baseUrl: server.url });

    const error = await failureOf(client.request('GET', '1'));

    expect(error).toMatchObject({
      code: 'GRAPH_UNREACHABLE',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });
});

describe('the access token', () => {
  const quoted = `Malformed access token ${TOKEN}`;
  const answer = { error: { message: quoted, code: 190, error_data: { details: quoted } } };
  const throwing: Fetch = () =>
    Promise.reject(
      new TypeError(`invalid header ${TOKEN}`, { cause: new Error(`Bearer ${TOKEN}`) }),
    );

  it.each([
    ['the answer quotes it', createClient({ status: 400, body: JSON.stringify(answer) })],
    ['the fetch quotes it', createClient({}, { fetch: throwing })],
  ])('is in no error, although %s', async (_, { client }) => {
    const error = await failureOf(client.request('GET', '1'));

    expect(error).toBeInstanceOf(TurnspanError);
    expect(everythingOf(error)).not.toContain(TOKEN);
  });

  it('is not quoted when it is refused', () => {
    const create = () => createGraphClient({ accessToken: 'EAA with\nbreak' });

    expect(create).toThrow('accessToken');
    expect(create).not.toThrow('EAA');
  });
});

/** All an error shows when it is printed, with its causes and its hidden members. */
function everythingOf(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error) ?? '';
  const members = Object.getOwnPropertyNames(error)
    .filter((name) => name !== 'cause')
    .map((name) => JSON.stringify(Reflect.get(error, name)));
  return [...members, everythingOf(error.cause)].join('\n');
}

describe('the usage of the rate limits', () => {
  const headers: Record<string, string> = JSON.parse(
    fixture('api.headers.business_use_case_usage'),
  );
  const percent = { callPercent: 1, cpuTimePercent: 1, totalTimePercent: 1, regainMinutes: 0 };

  it('is told', async () => {
    const heard: GraphUsage[] = [];
    const { client } = createClient({ headers }, { onUsage: (usages) => heard.push(...usages) });

    await client.request('GET', '1');

    expect(heard).toEqual([
      { callPercent: 0, cpuTimePercent: 0, totalTimePercent: 0, regainMinutes: 0 },
      { accountId: '102290129340398', type: 'whatsapp_business_management', ...percent },
      { accountId: '102290129340398', type: 'whatsapp', ...percent },
    ]);
  });

  it.each([{}, { 'x-app-usage': 'nonsense' }, { 'x-business-use-case-usage': '[1]' }])(
    'is left out when the headers are %j',
    async (odd) => {
      const onUsage = jest.fn();
      const { client } = createClient({ headers: { ...odd } }, { onUsage });

      await client.request('GET', '1');

      expect(onUsage).not.toHaveBeenCalled();
    },
  );

  it('does not fail a request when the listener does', async () => {
    const errors: unknown[] = [];
    const onUsage = () => {
      throw new Error('boom');
    };
    const onError = (error: unknown) => errors.push(error);
    const { client } = createClient({ headers }, { onUsage, onError });

    await expect(client.request('GET', '1')).resolves.toEqual({});
    expect(errors).toEqual([new Error('boom')]);
  });
});

describe('the options', () => {
  it.each([
    ['accessToken', { accessToken: '' }],
    ['baseUrl', { baseUrl: 'graph.facebook.com' }],
    ['version', { version: '26' }],
    ['timeoutMs', { timeoutMs: 0 }],
  ])('refuse a wrong %s', (name, options) => {
    const create = () => createGraphClient({ accessToken: TOKEN, ...options });

    expect(create).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    expect(create).toThrow(name);
  });
});
