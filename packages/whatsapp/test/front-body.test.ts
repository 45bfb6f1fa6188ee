import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import {
  createWebhookFront,
  createWebhookHandler,
  mountFront,
  type WebhookFrontOptions,
} from '../src';
import {
  type Answer,
  createLog,
  EMOJI,
  type Express,
  type ExpressRequest,
  post,
  readBytes,
  STREAM,
  send,
  sendAll,
} from './front-harness';
import { fixture, SECRET, serve, sign } from './harness';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const message = post('message', fixture('messages.text'));
const LARGE_POST = STREAM.find(({ name }) => name === 'large') ?? message;

type Reader = (request: IncomingMessage) => Promise<Buffer>;

/** The ways in which bots read bodies. */
const READERS: Record<string, Reader> = {
  data: (request) =>
    new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk)).on('error', reject);
      request.on('end', () => resolve(Buffer.concat(chunks)));
    }),
  readable: (request) =>
    new Promise((resolve) => {
      const chunks: Buffer[] = [];
      request.on('readable', () => {
        for (let chunk = request.read(7); chunk; chunk = request.read(7)) chunks.push(chunk);
        for (let chunk = request.read(); chunk; chunk = request.read()) chunks.push(chunk);
      });
      request.on('end', () => resolve(Buffer.concat(chunks)));
    }),
  pipe: (request) => readBytes(request.pipe(new PassThrough({ highWaterMark: 5 }))),
  iterator: (request) => readBytes(request),
  'web stream': async (request) =>
    Buffer.from(await new Response(Readable.toWeb(request) as ReadableStream).arrayBuffer()),
  'fetch body': async (request) => {
    const init = { method: 'POST', body: request, duplex: 'half' } as unknown as RequestInit;
    return Buffer.from(await new Request('http://bot.example', init).arrayBuffer());
  },
  late: async (request) => {
    await sleep(5);
    return readBytes(request);
  },
  paused: async (request) => {
    request.pause();
    await sleep(2);
    request.resume();
    return READERS.data?.(request) as Promise<Buffer>;
  },
  'raw-body': (request) =>
    createRequire(createRequire(require.resolve('botkit')).resolve('body-parser'))('raw-body')(
      request,
    ),
};

interface Behind {
  readonly read?: Reader;
  readonly before?: (request: IncomingMessage) => Promise<void> | void;
  readonly options?: Partial<WebhookFrontOptions>;
}

/** A bot behind a front, which answers with the bytes that it got. */
async function start({ read = readBytes, before, options }: Behind = {}) {
  const log = createLog();
  const front = createWebhookFront({ ...log.options, ...options });
  let calls = 0;
  const server = await serve(async (request, response) => {
    await (before?.(request) ?? undefined);
    await front(request, response, async () => {
      calls += 1;
      response.end(await read(request).catch(String));
    });
  });
  closers.push(server.close);
  return { ...log, url: server.url, calls: () => calls };
}

const arbitraryPost = fc
  .tuple(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 8 }), fc.boolean(), fc.boolean())
  .map(([pieces, chunked, signed]) => {
    const bytes = Buffer.concat(pieces);
    const sent = post('any', bytes, { chunked, signature: signed ? sign(bytes) : 'x' });
    return { ...sent, pieces: pieces.map((piece) => Buffer.from(piece)) };
  });

it.each(Object.entries(READERS))(
  'passes any bytes in any pieces on, read by %s',
  async (_, read) => {
    const { url, calls } = await start({
      read: async (request) => Buffer.from((await read(request)).toString('hex')),
    });

    const property = fc.asyncProperty(arbitraryPost, async (sent) => {
      const { body } = await send(url, sent);
      expect(body).toBe(Buffer.concat(sent.pieces).toString('hex'));
    });
    await fc.assert(property, { numRuns: 40, timeout: 1500 });
    expect(calls()).toBeGreaterThanOrEqual(40);
  },
);

it.each(Object.entries(READERS))('passes a large body on, read by %s', async (_, read) => {
  const { url, lines } = await start({ read });
  const large = post('large', `${EMOJI}${' '.repeat(2_900_000)}`, { size: 65_537 });

  const { body } = await send(url, large);

  expect(body).toBe(Buffer.concat(large.pieces).toString());
  expect(lines).toEqual(['signal messages applied', 'message wamid.emoji']);
});

it('leaves a stream that looks as if nobody had read it', async () => {
  const look = (request: IncomingMessage) => ({
    didRead: request.readableDidRead,
    flowing: request.readableFlowing,
    ended: request.readableEnded,
    listeners: ['data', 'readable', 'end', 'close'].map((name) => request.listenerCount(name)),
  });
  const alone: object[] = [];
  const behind: object[] = [];
  const bare = await serve((request, response) => {
    alone.push(look(request));
    response.end();
  });
  closers.push(bare.close);
  const { url } = await start({
    read: async (request) => {
      behind.push(look(request));
      return readBytes(request);
    },
  });

  await sendAll(bare.url, STREAM.slice(0, 9));
  await sendAll(url, STREAM.slice(0, 9));

  expect(behind).toEqual(alone);
});

it('lets our own handler come next', async () => {
  const [ahead, behind] = [createLog(), createLog()];
  const front = createWebhookFront(ahead.options);
  const handler = createWebhookHandler({ ...behind.options, verifyToken: 'agreed' });
  const { url, close } = await serve((req, res) => front(req, res, () => void handler(req, res)));
  closers.push(close);

  await sendAll(url);

  expect(behind.lines).toEqual(ahead.lines);
});

it('waits for a body of which some came before the front', async () => {
  const { url, lines } = await start({ before: () => sleep(20) });

  const [small, large] = await sendAll(url, [message, LARGE_POST]);

  expect(small).toMatchObject({ body: fixture('messages.text') });
  expect(large).toMatchObject({ body: Buffer.concat(LARGE_POST.pieces).toString() });
  expect(lines).toHaveLength(1802);
});

it('listens along when somebody else has begun to read', async () => {
  let collected = '';
  const { url, lines } = await start({
    read: READERS.data as Reader,
    before: (request) => {
      request.on('data', (chunk) => {
        collected += chunk;
      });
    },
  });
  // `start` waits for `before`, so the request is handed to the front in the same tick here.
  await send(url, message);

  expect(collected).toBe(fixture('messages.text'));
  expect(lines.length).toBeGreaterThan(0);
});

it('listens along with Botkit when it was mounted behind the raw body and before the parser', async () => {
  const log = createLog();
  const front = createWebhookFront(log.options);
  const express: Express = createRequire(require.resolve('botkit'))('express');
  const app = express();
  app.use((request: ExpressRequest, _response: unknown, next: () => void) => {
    request.rawBody = '';
    request.on('data', (chunk: Buffer) => {
      request.rawBody = `${request.rawBody}${chunk}`;
    });
    next();
  });
  app.use('/hook', front);
  app.use(express.json({ limit: '5mb' }));
  app.all('/hook', (request, response) => response.end(JSON.stringify(request.body)));
  const { url, close } = await serve(app);
  closers.push(close);

  const { body } = await send(url, post('emoji', EMOJI, { size: 4099 }));

  expect(body).toBe(EMOJI);
  expect(log.lines).toEqual(['signal messages applied', 'message wamid.emoji']);
});

describe('behind a body parser', () => {
  const keep =
    (member: 'rawBody' | 'body', toKept: (bytes: Buffer, chunks: Buffer[]) => unknown) =>
    async (request: IncomingMessage) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      Object.assign(request, { [member]: toKept(Buffer.concat(chunks), chunks) });
    };
  const read = async () => Buffer.from('bot');
  const torn = keep('rawBody', (_bytes, chunks) => chunks.join(''));
  const emoji = post('emoji', EMOJI, { size: 4099 });

  it.each([
    ['raw bytes', keep('rawBody', (bytes) => bytes)],
    ['a body of bytes', keep('body', (bytes) => bytes)],
    ['a sound text', keep('rawBody', String)],
  ])('takes %s', async (_, before) => {
    const { url, lines } = await start({ before, read });

    expect(await send(url, emoji)).toMatchObject({ body: 'bot' });
    expect(lines).toEqual(['signal messages applied', 'message wamid.emoji']);
  });

  it.each([
    ['a torn text', torn],
    ['an object', keep('body', (bytes) => JSON.parse(bytes.toString()))],
  ])('calls %s invalid, not forged, and says once what to do', async (_, before) => {
    const { url, lines } = await start({ before, read });

    expect(await send(url, emoji)).toMatchObject({ body: 'bot' });
    await send(url, emoji);

    const invalid = 'signal  invalid';
    expect(lines).toEqual([invalid, expect.stringContaining('mount the webhook'), invalid]);
  });

  it('calls a sound text with a wrong signature forged', async () => {
    const { url, lines } = await start({ before: keep('rawBody', String), read });

    await send(url, { ...emoji, headers: { ...emoji.headers, 'X-Hub-Signature-256': sign('') } });

    expect(lines).toEqual(['signal  bad_signature']);
  });
});

it.each([false, true])('passes on what is too large for us (chunked: %s)', async (chunked) => {
  const { url, lines } = await start({ options: { maxBytes: 1000 } });
  const large = post('large', 'x'.repeat(1_000_000), { chunked, size: 9999 });

  expect(await send(url, large)).toMatchObject({ body: 'x'.repeat(1_000_000) });
  expect(lines).toEqual(['signal  invalid']);
});

it('hands on exactly once when everything of ours fails', async () => {
  const fail = () => {
    throw new Error('ours');
  };
  const clock = { now: () => 0, tick: () => 0 };
  const seen = { firstSeen: fail };
  const options = {
    seen,
    clock,
    onMessage: fail,
    onStatus: fail,
    onChange: fail,
    onSignal: fail,
    onError: fail,
  };
  const { url, calls } = await start({ options });

  const answers = await sendAll(url);

  const bodies = STREAM.map(({ pieces }) => Buffer.concat(pieces).toString());
  expect(calls()).toBe(STREAM.length);
  expect(answers.map((answer, at) => (answer as Answer).body === bodies[at])).not.toContain(false);
});

it('does not make the bot wait for what hears of the webhook', async () => {
  const { url } = await start({ options: { onMessage: () => new Promise(() => {}) } });

  expect(await send(url, message)).toMatchObject({ status: 200 });
});

it('goes on after a bot that answers without reading', async () => {
  const { url, lines } = await start({ read: async () => Buffer.from('unread') });

  const answers = await sendAll(url);

  expect(answers).toHaveLength(STREAM.length);
  expect(lines.length).toBeGreaterThan(900);
});

it('lets go of a body that the bot has left unread', async () => {
  let ended: Promise<unknown> | undefined;
  const { url } = await start({
    read: async (request) => {
      ended = once(request, 'end');
      return Buffer.from('unread');
    },
  });

  await send(url, LARGE_POST);

  await expect(ended).resolves.toEqual([]);
});

it('keeps the context of what runs before', async () => {
  const storage = new AsyncLocalStorage<string>();
  const front = createWebhookFront({ appSecret: SECRET });
  const { url, close } = await serve((request, response) =>
    storage.run('context', () =>
      front(request, response, () => void response.end(storage.getStore())),
    ),
  );
  closers.push(close);

  expect(await send(url, LARGE_POST)).toMatchObject({ body: 'context' });
});

it('hands an aborted request on once, and counts nothing', async () => {
  const { url, lines, calls } = await start();
  const { port } = new URL(url);

  const socket = connect(Number(port), '127.0.0.1');
  socket.write('POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"a"');
  await sleep(50);
  socket.destroy();
  await sleep(50);

  expect(calls()).toBe(1);
  expect(lines).toEqual([]);
});

it('leaves paths below and beside alone', async () => {
  const express = require('express');
  const log = createLog();
  const app = express();
  mountFront(app, '/hook', createWebhookFront(log.options));
  app.use((request: IncomingMessage, response: ServerResponse) => response.end(request.url));
  const { url, close } = await serve(app);
  closers.push(close);

  const below = await send(url, { ...message, path: '/hook/below?x' });
  await send(url, { ...message, path: '/hooked' });
  const at = await send(url, { ...message, path: '/HOOK/?x=/y' });

  expect([below, at]).toMatchObject([{ body: '/hook/below?x' }, { body: '/HOOK/?x=/y' }]);
  expect(log.lines).toHaveLength(2);
});

it('mounts at the top of a router and of a server of another kind', () => {
  const own = { stack: [{ name: 'jsonParser' }], use: () => own.stack.push({ name: 'front' }) };
  const other = { use: jest.fn() };
  const front = createWebhookFront({ appSecret: SECRET });

  mountFront(own, '/hook', front);
  mountFront(other, '/hook', front);

  expect(own.stack.map(({ name }) => name)).toEqual(['front', 'jsonParser']);
  expect(other.use).toHaveBeenCalledTimes(1);
});
