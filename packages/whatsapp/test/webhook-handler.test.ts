import { request as httpRequest } from 'node:http';
import type { WebhookSignal } from '@turnspan/core';
import fc from 'fast-check';
import {
  createWebhookHandler,
  type FieldChange,
  type InboundMessage,
  type StatusUpdate,
  type WebhookOptions,
} from '../src';
import {
  createManualClock,
  createManualTimer,
  envelope,
  fixture,
  messagesField,
  SECRET,
  serve,
  sign,
} from './harness';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** A receiver on a bare node:http server, and all it told. */
async function start(
  options: Partial<WebhookOptions> = {},
  prepare: (request: object) => Promise<void> | void = () => {},
) {
  const messages: InboundMessage[] = [];
  const statuses: StatusUpdate[] = [];
  const changes: FieldChange[] = [];
  const signals: WebhookSignal[] = [];
  const errors: unknown[] = [];
  const handle = createWebhookHandler({
    appSecret: SECRET,
    verifyToken: 'agreed',
    onMessage: (message) => messages.push(message),
    onStatus: (status) => statuses.push(status),
    onChange: (change) => changes.push(change),
    onSignal: (signal) => signals.push(signal),
    onError: (error) => errors.push(error),
    ...options,
  });
  const server = await serve(async (request, response) => {
    await prepare(request);
    await handle(request, response);
  });
  closers.push(server.close);
  const results = () => signals.map(({ field, result }) => `${field} ${result}`);
  return { url: server.url, messages, statuses, changes, signals, errors, results };
}

async function post(url: string, body: string, headers: Record<string, string> = {}) {
  const signed = { 'X-Hub-Signature-256': sign(body), ...headers };
  const response = await fetch(url, { method: 'POST', headers: signed, body });
  await response.text();
  return response.status;
}

describe('the handshake', () => {
  it.each([
    ['the agreed token', 'hub.mode=subscribe&hub.verify_token=agreed&hub.challenge=42', 200, '42'],
    ['another token', 'hub.mode=subscribe&hub.verify_token=guessed&hub.challenge=42', 403, ''],
    ['no token', 'hub.mode=subscribe&hub.challenge=42', 403, ''],
    ['another mode', 'hub.mode=unsubscribe&hub.verify_token=agreed&hub.challenge=42', 403, ''],
    ['nothing', '', 403, ''],
  ])('with %s', async (_, query, ...expected) => {
    const { url } = await start();

    const response = await fetch(`${url}/hook?${query}`);

    expect([response.status, await response.text()]).toEqual(expected);
    expect(response.headers.get('content-type')).toContain('text/plain');
  });

  it('knows no other methods', async () => {
    const { url } = await start();

    const response = await fetch(url, { method: 'PUT' });

    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });
});

describe('the signature', () => {
  const body = fixture('messages.text');
  it.each([
    ['right', { 'X-Hub-Signature-256': sign(body) }, 200, 'messages applied'],
    ['of the second secret', { 'X-Hub-Signature-256': sign(body, 'old') }, 200, 'messages applied'],
    ['of a foreign secret', { 'X-Hub-Signature-256': sign(body, 'x') }, 403, ' bad_signature'],
    ['of other bytes', { 'X-Hub-Signature-256': sign(`${body} `) }, 403, ' bad_signature'],
    ['cut short', { 'X-Hub-Signature-256': sign(body).slice(0, 40) }, 403, ' bad_signature'],
    ['SHA-1', { 'X-Hub-Signature': 'sha1=00' }, 401, ' bad_signature'],
    ['missing', {}, 401, ' bad_signature'],
  ])('that is %s', async (_, headers, ...expected) => {
    const { url, messages, results } = await start({ appSecret: [SECRET, 'old'] });

    const response = await fetch(url, { method: 'POST', headers: { ...headers }, body });

    expect([response.status, ...results()]).toEqual(expected);
    expect(messages).toHaveLength(response.status === 200 ? 1 : 0);
  });
});

/** Sends a POST as far as it is written here, and gives the answer that comes meanwhile. */
function begin(url: string, headers: Record<string, string>, chunks: readonly Buffer[] = []) {
  return new Promise<{ status: number; connection: string | undefined }>((resolve, reject) => {
    const posting = httpRequest(url, { method: 'POST', headers }, (response) => {
      const { statusCode: status = 0, headers: answered } = response;
      response.resume();
      resolve({ status, connection: answered.connection });
      posting.destroy();
    });
    posting.on('error', reject);
    posting.flushHeaders();
    for (const chunk of chunks) posting.write(chunk);
  });
}

describe('the body', () => {
  it('is refused by its announced length without being read', async () => {
    const { url, results } = await start();

    const answer = await begin(url, { 'Content-Length': String(3 * 1024 * 1024 + 1) });

    expect(answer).toEqual({ status: 413, connection: 'close' });
    expect(results()).toEqual([' invalid']);
  });

  it('is refused as soon as it has one byte too many, although it does not end', async () => {
    const { url } = await start();
    const mebibyte = Buffer.alloc(1024 * 1024, ' ');

    const answer = await begin(url, {}, [mebibyte, mebibyte, mebibyte, Buffer.from('!')]);

    expect(answer).toEqual({ status: 413, connection: 'close' });
  });

  it('may have as many bytes as are allowed', async () => {
    const { url } = await start();
    const body = fixture('messages.text').padEnd(3 * 1024 * 1024, ' ');

    expect(await post(url, body)).toBe(200);
  });

  it('that is no JSON is refused', async () => {
    const { url, results } = await start();

    expect(await post(url, '{"object":')).toBe(400);
    expect(results()).toEqual([' invalid']);
  });

  it('that is never finished leaves no trace', async () => {
    const { url, errors, results } = await start();
    await new Promise<void>((resolve) => {
      const posting = httpRequest(url, { method: 'POST', headers: { 'Content-Length': '10' } });
      posting.on('error', () => resolve());
      posting.write('12345', () => posting.destroy());
      posting.on('close', resolve);
    });

    expect(await post(url, fixture('messages.text'))).toBe(200);
    expect([errors, results()]).toEqual([[], ['messages applied']]);
  });
});

describe('after a body parser', () => {
  const body = fixture('messages.text').replace('color', 'colour 🎨');
  const consume = (kept: (bytes: Buffer) => object) => async (request: object) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    Object.assign(request, kept(Buffer.concat(chunks)));
  };

  it.each([
    ['the bytes in rawBody', (bytes: Buffer) => ({ rawBody: bytes }), 200],
    ['the bytes in body', (bytes: Buffer) => ({ body: bytes }), 200],
    ['a sound text in rawBody', (bytes: Buffer) => ({ rawBody: bytes.toString() }), 200],
    ['a text with a torn character', (b: Buffer) => ({ rawBody: b.toString('latin1') }), 403],
    ['nothing but the object', (bytes: Buffer) => ({ body: JSON.parse(bytes.toString()) }), 500],
  ])('that kept %s', async (_, kept, expected) => {
    const { url, errors } = await start({}, consume(kept));

    expect(await post(url, body)).toBe(expected);
    expect(errors).toHaveLength(expected === 500 ? 1 : 0);
  });

  it('believes no more than is allowed', async () => {
    const { url } = await start({ maxBytes: 10 }, (request) => {
      Object.assign(request, { rawBody: Buffer.alloc(11) });
    });

    expect(await post(url, 'x')).toBe(413);
  });
});

describe('the updates', () => {
  it('of several accounts and kinds in one body are all taken, in their order', async () => {
    const { url, messages, statuses, changes, results } = await start();

    expect(await post(url, fixture('messages.batched'))).toBe(200);

    expect(messages.map(({ profileName }) => profileName)).toEqual(['Sheena Nelson']);
    expect(statuses.map(({ status }) => status)).toEqual(['read', 'sent']);
    expect(changes.map(({ field, accountId }) => `${accountId} ${field}`)).toEqual([
      '102290129340398 message_template_quality_update',
      '524126980791429 business_capability_update',
    ]);
    expect(results()).toEqual([
      'messages applied',
      'messages applied',
      'messages applied',
      'message_template_quality_update applied',
      'business_capability_update applied',
    ]);
  });

  it('are taken once, however often they come', async () => {
    const { url, messages, statuses, changes, signals } = await start();
    const body = fixture('messages.batched');

    await post(url, body);
    await post(url, JSON.stringify(JSON.parse(body)));

    expect([messages.length, statuses.length, changes.length]).toEqual([1, 2, 2]);
    expect(signals.map(({ result }) => result).slice(5)).toEqual(Array(5).fill('duplicate'));
  });

  it('are the same update when only their keys are in another order', async () => {
    const { url, results } = await start();
    const change = (value: object) => JSON.stringify(envelope({ field: 'security', value }));

    await post(url, change({ event: 'PIN_CHANGED', display_phone_number: '1' }));
    await post(url, change({ display_phone_number: '1', event: 'PIN_CHANGED' }));

    expect(results()).toEqual(['security applied', 'security duplicate']);
  });

  it('are forgotten after seven days', async () => {
    const clock = createManualClock();
    const { url, messages } = await start({ clock });
    const body = fixture('messages.text');

    await post(url, body);
    clock.advance(7 * 24 * 60 * 60 * 1000 - 1);
    await post(url, body);
    clock.advance(1);
    await post(url, body);

    expect(messages).toHaveLength(2);
  });

  it('of a message that failed are not handed over again', async () => {
    const { url, errors, results } = await start({
      onMessage: () => Promise.reject(new Error('boom')),
    });

    const answers = [
      await post(url, fixture('messages.text')),
      await post(url, fixture('messages.text')),
    ];

    expect(answers).toEqual([200, 200]);
    expect(errors).toEqual([new Error('boom')]);
    expect(results()).toEqual(['messages applied', 'messages duplicate']);
  });

  it.each([
    ['a field of the future', fixture('unknown_field.future'), '__other__ unknown'],
    ['a value that is none', JSON.stringify(envelope({ field: 'messages' })), 'messages invalid'],
    ['a message without id', of({ messages: [{ type: 'text' }] }), 'messages invalid'],
    ['a status without status', of({ statuses: [{ id: 'wamid.1' }] }), 'messages invalid'],
    ['messages that are no list', of({ messages: {} }), 'messages invalid'],
    ['a business nobody knows', ofNobody(), 'messages invalid'],
    ['a new part of messages', of({ novelties: [] }), 'messages unknown'],
    ['no envelope', '[]', '__other__ invalid'],
    ['no changes', '{"entry":[{}]}', '__other__ invalid'],
    ['no change', '{"entry":[{"changes":[null]}]}', '__other__ invalid'],
  ])('with %s are counted and answered', async (_, body, result) => {
    const { url, results } = await start();

    expect(await post(url, body)).toBe(200);
    expect(results()).toEqual([result]);
  });

  it('go to the other handlers when one of them fails', async () => {
    const fail = () => {
      throw new Error('boom');
    };
    const { url, errors, messages } = await start({
      onStatus: fail,
      onChange: fail,
      onSignal: fail,
    });

    expect(await post(url, fixture('messages.batched'))).toBe(200);

    expect(messages).toHaveLength(1);
    expect(errors).toHaveLength(9);
  });

  it('count as new when nobody remembers', async () => {
    const seen = { firstSeen: () => Promise.reject(new Error('no store')) };
    const { url, messages, errors } = await start({ seen });

    expect(await post(url, fixture('messages.text'))).toBe(200);
    expect([messages.length, errors.length]).toEqual([1, 1]);
  });

  it('that belong to no message are a change of the messages field', async () => {
    const { url, changes } = await start();
    const errors = [{ code: 130429, title: 'Rate limit hit' }];

    await post(url, of({ errors }));

    expect(changes).toEqual([
      expect.objectContaining({ field: 'messages', value: expect.objectContaining({ errors }) }),
    ]);
  });
});

function of(value: Record<string, unknown>): string {
  return JSON.stringify(envelope(messagesField(value)));
}

function ofNobody(): string {
  return JSON.stringify(envelope({ field: 'messages', value: { messages: [{ id: 'wamid.1' }] } }));
}

describe('the answer', () => {
  it('waits for the turn of a message', async () => {
    const order: string[] = [];
    const { url } = await start({
      onMessage: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        order.push('turn');
      },
    });

    await post(url, fixture('messages.text'));
    order.push('answer');

    expect(order).toEqual(['turn', 'answer']);
  });

  it('comes in time although the turn goes on', async () => {
    const timer = createManualTimer();
    let end = () => {};
    const turn = new Promise<void>((resolve) => {
      end = resolve;
    });
    const { url, errors } = await start({
      startTimer: timer.start,
      onMessage: () => {
        setImmediate(timer.fire);
        return turn.then(() => Promise.reject(new Error('later')));
      },
    });

    expect(await post(url, fixture('messages.text'))).toBe(200);
    expect(errors).toEqual([]);
    end();
    await new Promise((resolve) => setImmediate(resolve));
    expect(errors).toEqual([new Error('later')]);
  });

  it('does not wait for what is done with a status', async () => {
    const { url } = await start({ onStatus: () => new Promise(() => {}) });

    expect(await post(url, fixture('messages.status.sent_v24'))).toBe(200);
  });

  it('is 200 for whatever JSON comes with a right signature', async () => {
    const { url, errors } = await start();
    const json = fc.jsonValue({ maxDepth: 3 });
    const messages = fc.dictionary(
      fc.constantFrom('messages', 'statuses', 'contacts', 'metadata', 'errors'),
      fc.oneof(json, fc.array(json), fc.constant({ phone_number_id: 'x' })),
    );
    const change = fc.record({
      field: fc.oneof(fc.constantFrom('messages', 'security', '__proto__'), json),
      value: fc.oneof(json, messages),
    });
    const body = fc.oneof(
      json,
      fc.record({ entry: fc.array(fc.oneof(json, fc.record({ changes: fc.array(change) }))) }),
    );

    await fc.assert(
      fc.asyncProperty(body, async (value) => {
        expect(await post(url, JSON.stringify(value))).toBe(200);
      }),
      { numRuns: 300 },
    );
    expect(errors).toEqual([]);
  });
});

describe('the options', () => {
  it.each<[string, Partial<WebhookOptions>]>([
    ['appSecret', { appSecret: '' }],
    ['appSecret', { appSecret: [] }],
    ['appSecret', { appSecret: ['good', ''] }],
    ['verifyToken', { verifyToken: '' }],
    ['maxBytes', { maxBytes: Number.NaN }],
    ['ackAfterMs', { ackAfterMs: -1 }],
  ])('refuse a wrong %s', (name, options) => {
    const create = () =>
      createWebhookHandler({ appSecret: SECRET, verifyToken: 'agreed', ...options });

    expect(create).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    expect(create).toThrow(name);
  });
});

it('answers 500 and reports when the server itself fails', async () => {
  const clock = {
    now() {
      throw new Error('no time');
    },
    tick: () => 0,
  };
  const { url, errors } = await start({ clock });

  expect(await post(url, fixture('messages.text'))).toBe(500);
  expect(errors).toEqual([new Error('no time')]);
});
