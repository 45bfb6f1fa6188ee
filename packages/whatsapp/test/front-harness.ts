import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import {
  Agent,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { WebhookFrontOptions } from '../src';
import { envelope, fixture, messagesField, SECRET, sign } from './harness';

/** One request as Meta sends it, in the pieces that it arrives in. */
export interface Sent {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly pieces: readonly Buffer[];
}

export function post(
  name: string,
  body: string | Buffer,
  { headers = {}, size = 1 << 20, chunked = false, signature = sign(body) } = {},
): Sent {
  const bytes = Buffer.from(body);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return {
    name,
    method: 'POST',
    path: '/hook',
    headers: {
      Host: 'bot.example',
      'content-type': 'application/json',
      'X-Hub-Signature-256': signature,
      'User-Agent': 'facebookexternalua',
      ...(chunked ? { 'Transfer-Encoding': 'chunked' } : { 'Content-Length': `${bytes.length}` }),
      ...headers,
    },
    pieces,
  };
}

function get(method: string, path: string): Sent {
  return { name: method, method, path, headers: { Host: 'bot.example' }, pieces: [] };
}

const text = (id: string, body: string) => ({
  from: '16505551234',
  id,
  timestamp: '1749416383',
  type: 'text',
  text: { body },
});

export const EMOJI = JSON.stringify(
  envelope(messagesField({ messages: [text('wamid.emoji', '👩🏽‍🚀'.repeat(6000))] })),
);

const LARGE = JSON.stringify(
  envelope(
    messagesField({
      messages: Array.from({ length: 900 }, (_, n) =>
        text(`wamid.${n}`, `${n}é`.padEnd(3000, 'x')),
      ),
    }),
  ),
);

/** Every field that was recorded, without the answers of the Graph API. */
const FIELDS = readdirSync(join(__dirname, 'fixtures'))
  .filter((file) => file.endsWith('.json') && !file.startsWith('api.'))
  .map((file) => file.slice(0, -'.json'.length));

/** What Meta sends in a day, once with every trap. */
export const STREAM: readonly Sent[] = [
  get('GET', '/hook?hub.mode=subscribe&hub.verify_token=agreed&hub.challenge=42'),
  get('HEAD', '/hook'),
  post('message', fixture('messages.text')),
  post('batch', fixture('messages.batched'), { size: 100 }),
  post('failed', fixture('messages.status.failed_131049')),
  post('read', fixture('messages.status.read_callback_data'), { chunked: true, size: 50 }),
  post('quality', fixture('message_template_quality_update.yellow_to_red')),
  post('preference', fixture('user_preferences.stop'), { size: 1 }),
  post('future', fixture('unknown_field.future')),
  ...FIELDS.map((name) => post(name, fixture(name), { size: 333 })),
  post('emoji', EMOJI, { size: 4099 }),
  post('large', LARGE),
  post('large, chunked, again', LARGE, { chunked: true, size: 65_537 }),
  post('again', fixture('messages.text')),
  post('forged', fixture('messages.text_bsuid_only'), { signature: sign('x') }),
  post('unsigned', fixture('messages.text_bsuid_only'), { signature: '' }),
  post('no JSON', '{"object":'),
  post('no JSON, chunked', 'hello', { chunked: true, size: 2 }),
  post('latin1', Buffer.from('{"a":"é"}', 'latin1')),
  post('empty', ''),
  post('empty, chunked', '', { chunked: true }),
  post('of a proxy', fixture('messages.text'), { headers: { 'X-Forwarded-For': '::1, ::2' } }),
];

/** Who the requests of the stream come from: one client that keeps its connection. */
export async function sendAll(url: string, stream: readonly Sent[] = STREAM): Promise<object[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const answers: object[] = [];
  for (const sent of stream) answers.push(await send(url, sent, agent));
  agent.destroy();
  return answers;
}

export async function send(url: string, sent: Sent, agent?: Agent): Promise<Answer> {
  const { name, method, path, headers, pieces } = sent;
  const request = httpRequest(url + path, { method, headers, ...(agent && { agent }) });
  // A bot may answer before all is sent.
  const answered = once(request, 'response');
  request.flushHeaders();
  for (const piece of pieces) {
    request.write(piece);
    await setImmediate();
  }
  request.end();
  const [response] = (await answered) as [IncomingMessage];
  const body = await readBytes(response);
  const { statusCode: status = 0 } = response;
  return { name, status, headers: endToEnd(response.rawHeaders), body: body.toString() };
}

export interface Answer {
  readonly name: string;
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
}

export async function readBytes(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const CONNECTION = ['connection', 'keep-alive', 'date', 'transfer-encoding'];

export function endToEnd(rawHeaders: readonly string[]): string[] {
  return rawHeaders
    .flatMap((name, at) => (at % 2 ? [] : [`${name}: ${rawHeaders[at + 1]}`]))
    .filter((header) => !CONNECTION.includes(header.split(':')[0]?.toLowerCase() ?? ''));
}

/** What a bot has seen of a request; how its body was framed is a matter of the connection. */
export function record(request: IncomingMessage, bytes: unknown): object {
  const { method, url, rawHeaders } = request;
  const seen = Buffer.isBuffer(bytes) ? bytes : Buffer.from(JSON.stringify(bytes ?? null));
  const digest = createHash('sha256').update(seen).digest('hex');
  const headers = endToEnd(rawHeaders).filter((header) => !/^content-length:/i.test(header));
  return { method, url, headers, length: seen.length, digest };
}

/** The answer of every bot: it has something of its own in it, and of the request. */
export function respond(request: IncomingMessage, length: number) {
  const challenge = new URLSearchParams(request.url?.split('?')[1]).get('hub.challenge');
  return { status: challenge ? 200 : 202, body: challenge ?? `bot: ${length}` };
}

export function createPlainBot(seen: object[]): RequestListener {
  return (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      seen.push(record(request, bytes));
      const { status, body } = respond(request, bytes.length);
      response.writeHead(status, { 'X-Bot': ['one', 'two'], 'Content-Type': 'text/plain' });
      response.end(request.method === 'HEAD' ? undefined : body);
    });
  };
}

/** All that a front told, in its order. */
export function createLog(): { lines: string[]; options: WebhookFrontOptions } {
  const lines: string[] = [];
  return {
    lines,
    options: {
      appSecret: SECRET,
      verifyToken: 'agreed',
      onMessage: ({ id }) => lines.push(`message ${id}`),
      onStatus: ({ id, status }) => lines.push(`status ${id} ${status}`),
      onChange: ({ field }) => lines.push(`change ${field}`),
      onSignal: ({ field, result }) => lines.push(`signal ${field} ${result}`),
      onError: (error) => lines.push(String(error)),
    },
  };
}

export async function urlOf(server: Server): Promise<string> {
  if (!server.listening) await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A request and a response as Express and Botkit leave them. */
export type ExpressRequest = IncomingMessage & {
  body?: unknown;
  rawBody?: string;
  bytes?: Buffer;
  isMarked?: boolean;
  readonly route?: { readonly path: string };
};
export type ExpressResponse = ServerResponse & {
  status(status: number): ExpressResponse;
  send(body: string): void;
};

type Handler = (request: ExpressRequest, response: ExpressResponse, next: () => void) => unknown;

/** The part of Express that the tests use, of either version. */
export interface Express {
  (): RequestListener & {
    use(...handlers: unknown[]): void;
    use(handler: Handler): void;
    all(path: string, handler: Handler): void;
  };
  json(options: object): unknown;
}
