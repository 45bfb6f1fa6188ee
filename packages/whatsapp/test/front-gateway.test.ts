import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { connect } from 'node:net';
import { createGateway, type GatewayOptions } from '../src';
import {
  createLog,
  createPlainBot,
  endToEnd,
  post,
  readBytes,
  STREAM,
  send,
  sendAll,
  urlOf,
} from './front-harness';
import { createManualTimer, fixture, SECRET } from './harness';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const message = post('message', fixture('messages.text'));

function createBotServer(listener: RequestListener): Server {
  const server = createServer(listener);
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return server;
}

/** A gateway before a bot; both listen. */
async function start(listener: RequestListener, options: Partial<GatewayOptions> = {}) {
  const bot = createBotServer(listener);
  const target = await urlOf(bot.listen(0, '127.0.0.1'));
  const log = createLog();
  const gateway = createGateway({ ...log.options, target, port: 0, ...options });
  closers.push(() => gateway.close());
  return { ...log, bot, target, gateway, url: `http://127.0.0.1:${await gateway.listen()}` };
}

it('answers 502 while the bot is down, and counts the repetition once', async () => {
  const seen: object[] = [];
  const { url, lines, bot, target } = await start(createPlainBot(seen));
  bot.close();

  const down = [await send(url, message), await send(url, message)];
  bot.listen(Number(new URL(target).port), '127.0.0.1');
  await once(bot, 'listening');
  const up = await send(url, message);

  expect(down).toMatchObject([{ status: 502 }, { status: 502 }]);
  expect(up).toMatchObject({ status: 202 });
  expect(seen).toHaveLength(1);
  const [applied, heard] = ['signal messages applied', expect.stringContaining('message wamid.')];
  const duplicate = 'signal messages duplicate';
  expect(lines).toEqual([
    applied,
    heard,
    `Error: The bot at ${target} gave no answer.`,
    duplicate,
    duplicate,
  ]);
});

it('answers 504 when the bot takes too long, and lets go of it', async () => {
  const timer = createManualTimer();
  let closed: Promise<unknown> | undefined;
  const { url, lines } = await start(
    (request, response) => {
      closed = once(response, 'close');
      request.resume().on('end', timer.fire);
    },
    { startTimer: timer.start },
  );

  expect(await send(url, message)).toMatchObject({ status: 504 });
  await closed;
  expect(lines).toContainEqual(expect.stringContaining('gave no answer'));
});

it('ends the question to the bot when Meta hangs up, and reports nothing', async () => {
  let hangUp = () => {};
  let closed: Promise<unknown> | undefined;
  const { url, lines } = await start((_request, response) => {
    closed = once(response, 'close');
    hangUp();
  });
  const arrived = new Promise<void>((resolve) => {
    hangUp = resolve;
  });

  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write('POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}');
  await arrived;
  socket.destroy();
  await closed;

  expect(lines).toEqual(['signal  bad_signature']);
});

it('breaks off when the bot breaks off', async () => {
  const { url } = await start((_request, response) => {
    response.writeHead(200, { 'Content-Length': 10 });
    response.write('half', () => response.destroy());
  });

  await expect(send(url, message)).rejects.toThrow('aborted');
});

it('answers 413 to what is too large, and the bot hears nothing', async () => {
  const seen: object[] = [];
  const { url, lines } = await start(createPlainBot(seen), { maxBytes: 10 });

  const answers = [
    await send(url, message),
    await send(url, post('chunked', fixture('messages.text'), { chunked: true })),
  ];

  expect(answers).toMatchObject([{ status: 413 }, { status: 413 }]);
  expect(seen).toEqual([]);
  expect(lines).toEqual(['signal  invalid', 'signal  invalid']);
});

it('drops what belongs to the connection, both ways, and keeps the rest', async () => {
  const raw: string[][] = [];
  const { url, target } = await start((request, response) => {
    raw.push(request.rawHeaders);
    response.writeHead(200, { Connection: 'x-hop', 'X-Hop': '1', 'X-Kept': 'é', Date: 'now' });
    response.end();
  });
  const headers = { Connection: 'close, X-Named', 'X-Named': '1', TE: 'trailers', 'x-lOwEr': '1' };

  const answer = await send(url, post('m', '{}', { headers }));

  expect(raw[0]?.map((name) => name.toLowerCase())).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(x-named|te|transfer-encoding)$/)]),
  );
  expect(endToEnd(raw[0] ?? [])).toEqual(
    expect.arrayContaining(['Host: bot.example', 'x-lOwEr: 1']),
  );
  expect(answer.headers).toEqual(['X-Kept: é']);
  expect(target).not.toContain('bot.example');
});

it('tells the bot its own host when asked to', async () => {
  const hosts: unknown[] = [];
  const { url, target } = await start(
    (request, response) => {
      hosts.push(request.headers.host);
      response.end();
    },
    { rewritesHost: true },
  );

  await send(url, message);

  expect(hosts).toEqual([new URL(target).host]);
});

it('never sends a body without its length, which would be the next request', async () => {
  const urls: unknown[] = [];
  const { url } = await start(async (request: IncomingMessage, response) => {
    urls.push([request.method, request.url, (await readBytes(request)).length]);
    response.end();
  });
  const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n';
  const asked = post('m', smuggled, { headers: { Connection: 'content-length' } });

  await send(url, { ...asked, method: 'GET' });
  await send(url, { ...post('m', smuggled, { chunked: true }), method: 'GET' });
  await send(url, message);

  const { length } = smuggled;
  expect(urls).toEqual([
    ['GET', '/hook', length],
    ['GET', '/hook', length],
    ['POST', '/hook', fixture('messages.text').length],
  ]);
});

it('keeps its connections to the bot, and asks again over one that was closed meanwhile', async () => {
  const ports: unknown[] = [];
  const { url, lines } = await start((request, response) => {
    ports.push(request.socket.remotePort);
    request.resume().on('end', () => response.end(String(ports.length)));
    // Closed by the bot in the moment that the third request is sent over it.
    if (ports.length === 2) request.socket.once('data', () => request.socket.resetAndDestroy());
  });

  const answers = await sendAll(url, [message, message, message]);

  expect(ports[0]).toBe(ports[1]);
  expect(answers).toMatchObject([{ status: 200 }, { status: 200 }, { status: 200 }]);
  expect(lines).not.toContainEqual(expect.stringContaining('no answer'));
});

it('serves a server of your own', async () => {
  const seen: object[] = [];
  const { gateway } = await start(createPlainBot(seen));
  const own = createBotServer((request, response) => void gateway.handler(request, response));

  await sendAll(await urlOf(own.listen(0, '127.0.0.1')), STREAM.slice(0, 3));

  expect(seen).toHaveLength(3);
});

it.each([
  ['no URL', { target: 'bot:3000' }, 'target'],
  ['another protocol', { target: 'ftp://bot' }, 'target'],
  ['a path', { target: 'http://bot/api' }, 'target'],
  ['a password', { target: 'http://user:secret@bot' }, 'target'],
  ['a wait that is none', { timeoutMs: Number.NaN }, 'timeoutMs'],
  ['no secret', { appSecret: '' }, 'appSecret'],
])('refuses %s', (_, options, name) => {
  const create = () => createGateway({ appSecret: SECRET, target: 'http://bot', ...options });

  expect(create).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  expect(create).toThrow(name);
  expect(create).not.toThrow('secret:');
});

it('says which address is taken', async () => {
  const { url } = await start(createPlainBot([]));
  const port = Number(new URL(url).port);
  const other = createGateway({ appSecret: SECRET, target: 'http://127.0.0.1:1', port });

  await expect(other.listen()).rejects.toThrow(`127.0.0.1:${port}`);
});
