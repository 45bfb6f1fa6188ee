import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { contain, type OnError, TurnspanError, withDeadline } from '@turnspan/core';
import { createBearerCheck } from './bearer';
import { expose } from './exposition';
import { sendText } from './send-text';
import type { Exposition, ScrapedRegistry } from './types';

/** What a scrape gets to see, and who may scrape. */
export interface MetricsHandlerOptions {
  /** The registry to print. */
  readonly registry: ScrapedRegistry;
  /**
   * What a scraper has to send as `Authorization: Bearer <token>`.
   * @default everybody may scrape
   */
  readonly token?: string;
  /**
   * How long the registry may take; after that the scraper gets a 503 that says so.
   * @default 10000
   */
  readonly timeoutMs?: number;
  /**
   * Hears of a registry that fails or hangs; of one that fails, the scraper gets a 500 without the reason.
   * @default nobody hears of it
   */
  readonly onError?: OnError;
}

/** Answers a request; as `node:http` and Express call it. */
export type MetricsHandler = (request: IncomingMessage, response: ServerResponse) => void;

const compress = promisify(gzip);
const MIN_COMPRESSED_LENGTH = 1400;

/**
 * Answers scrapes, in OpenMetrics with exemplars where the scraper takes it. To be mounted on the
 * path of the metrics.
 *
 * @example
 * controller.webserver.get('/metrics', createMetricsHandler({ registry: register }));
 */
export function createMetricsHandler({
  registry,
  token,
  timeoutMs = 10_000,
  onError = () => undefined,
}: MetricsHandlerOptions): MetricsHandler {
  const isAuthorized = createBearerCheck(token);
  return contain(async (request: IncomingMessage, response: ServerResponse) => {
    if (!isRead(request)) {
      sendText(response, 405, { allow: 'GET, HEAD' });
    } else if (!isAuthorized(request.headers.authorization)) {
      sendText(response, 401, { 'www-authenticate': 'Bearer realm="metrics"' });
    } else {
      await answer({ registry, timeoutMs }, request, response).catch((error) => {
        fail(response, error);
        onError(error);
      });
    }
  }, onError);
}

function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** What is scraped, and how long it may take. */
type Scraped = Required<Pick<MetricsHandlerOptions, 'registry' | 'timeoutMs'>>;

async function answer(
  { registry, timeoutMs }: Scraped,
  { headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const exposition = await withDeadline(expose(registry, headers.accept), { timeoutMs, tooLate });
  const encoding = headers['accept-encoding'];
  if (takesGzip(encoding) && exposition.text.length >= MIN_COMPRESSED_LENGTH) {
    // The fastest level is half the time of the default one and still a twentieth of the text.
    const body = await compress(exposition.text, { level: constants.Z_BEST_SPEED });
    response.setHeader('content-encoding', 'gzip');
    send(response, exposition, body);
  } else {
    send(response, exposition, Buffer.from(exposition.text));
  }
}

function tooLate(timeoutMs: number): TurnspanError {
  const detail = `A scrape got nothing within ${timeoutMs / 1000} s. Look at what the metrics in the registry wait for when they are collected.`;
  return new TurnspanError('REGISTRY_UNAVAILABLE', { detail });
}

function takesGzip(encoding: string | string[] | undefined): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(String(encoding));
}

function send(response: ServerResponse, { contentType }: Exposition, body: Buffer): void {
  response.writeHead(200, {
    'content-type': contentType,
    'content-length': body.length,
    vary: 'Accept, Accept-Encoding',
    'cache-control': 'no-store',
  });
  response.end(body);
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
  } else if (error instanceof TurnspanError && error.code === 'REGISTRY_UNAVAILABLE') {
    response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(`${error.message}\n`);
  } else {
    sendText(response, 500);
  }
}
