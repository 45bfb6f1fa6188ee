import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
  type ServerResponse,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { type Header, hasHeader, toEndToEnd } from './hop-headers';

/** Where requests are forwarded to, over connections that are kept. */
export interface Bot {
  readonly url: URL;
  readonly rewritesHost: boolean;
  readonly agent: HttpAgent;
}

/** A request that was read. */
export interface ReadRequest {
  readonly request: IncomingMessage;
  readonly bytes: Buffer;
}

/** Refers to the bot at an origin. */
export function createBot(url: URL, rewritesHost: boolean): Bot {
  const Agent = url.protocol === 'https:' ? HttpsAgent : HttpAgent;
  return { url, rewritesHost, agent: new Agent({ keepAlive: true }) };
}

/** Asks the bot what Meta has asked, and rejects when it has no answer or `signal` ends it. */
export async function askBot(
  bot: Bot,
  asked: ReadRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const options = { ...toOptions(bot, asked), signal };
  try {
    return await send(bot.url, { ...options, agent: bot.agent }, asked.bytes);
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error;
    return send(bot.url, { ...options, agent: false }, asked.bytes);
  }
}

/** Gives the bot's answer to Meta, as it is. Rejects when either of them hangs up. */
export async function passOn(answer: IncomingMessage, response: ServerResponse): Promise<void> {
  response.sendDate = false;
  const headers = toEndToEnd(answer.rawHeaders).flat();
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headers);
  await pipeline(answer, response);
}

/**
 * The bot closed a kept connection in the moment that it was used again, and has heard nothing. Were
 * it otherwise, it would hear the same from Meta again after a 502.
 */
class StaleConnection extends Error {
  override readonly name: string = 'StaleConnection';
}

function send(url: URL, options: RequestOptions, bytes: Buffer): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = request(url, options);
    sent.on('response', resolve);
    sent.on('error', (cause: NodeJS.ErrnoException) => {
      const isStale = sent.reusedSocket && cause.code === 'ECONNRESET';
      reject(isStale ? new StaleConnection(cause.message, { cause }) : cause);
    });
    sent.end(bytes);
  });
}

function toOptions({ url, rewritesHost }: Bot, asked: ReadRequest): RequestOptions {
  const { method = 'GET', url: path = '/' } = asked.request;
  const headers = toForwarded(asked).map(([name, value]) =>
    rewritesHost && name.toLowerCase() === 'host' ? [name, url.host] : [name, value],
  );
  return { method, path, headers: headers.flat() };
}

/**
 * A body always goes with its length, however it came: one without would be taken for the next
 * request on the same connection.
 */
function toForwarded({ request, bytes }: ReadRequest): readonly Header[] {
  const headers = toEndToEnd(request.rawHeaders);
  const hasBody = bytes.length > 0 || request.method === 'POST';
  if (!hasBody || hasHeader(headers, 'content-length')) return headers;
  return [...headers, ['Content-Length', String(bytes.length)]];
}
