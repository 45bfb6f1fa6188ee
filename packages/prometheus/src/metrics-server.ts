import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { contain, type OnError, TurnspanError } from '@turnspan/core';
import { createMetricsHandler, type MetricsHandler } from './metrics-handler';
import { sendText } from './send-text';
import type { ScrapedRegistry } from './types';

/** Where the metrics are, and who may see them. */
export interface MetricsServerOptions {
  /** The registry to print. */
  readonly registry: ScrapedRegistry;
  /** Hears of a port that cannot be had and of a registry that fails; neither is thrown. */
  readonly onError: OnError;
  /**
   * Address to listen on; everything but a loopback address is open to the network.
   * @default '127.0.0.1'
   */
  readonly host?: string;
  /**
   * Port to listen on; 0 takes a free one.
   * @default 9464
   */
  readonly port?: number;
  /**
   * Path of the metrics.
   * @default '/metrics'
   */
  readonly path?: string;
  /**
   * What a scraper has to send as `Authorization: Bearer <token>`.
   * @default everybody who reaches the port may scrape
   */
  readonly token?: string;
}

/** An address that is listened on. */
export interface ListeningAddress {
  readonly host: string;
  readonly port: number;
}

/** A listener for scrapes. */
export interface MetricsServer {
  /** Where it listens; undefined if it could not, which `onError` has heard of. */
  readonly listening: Promise<ListeningAddress | undefined>;
  /** Answers a request as the listener does, path included. */
  readonly handler: MetricsHandler;
  /** Stops listening and ends what is still connected. */
  close(): Promise<void>;
}

const MAX_PORT = 65_535;

/**
 * Listens for scrapes on a port of its own. It never keeps the process alive, and where the port
 * cannot be had everything else goes on.
 *
 * @example
 * const server = createMetricsServer({ registry: register, onError: console.error });
 */
export function createMetricsServer({
  registry,
  onError,
  token,
  host = '127.0.0.1',
  port = 9464,
  path = '/metrics',
}: MetricsServerOptions): MetricsServer {
  checkAddress(port, path);
  const scrape = createMetricsHandler({ registry, onError, ...(token !== undefined && { token }) });
  const handler = createRoutes(path, scrape);
  const server = createServer(handler);
  const listening = listen(
    server,
    { host, port },
    contain(onError, () => undefined),
  );
  // A server that is closed while it looks up its host would listen all the same.
  return { listening, handler, close: () => listening.then(() => close(server)) };
}

function checkAddress(port: number, path: string): void {
  if (!Number.isInteger(port) || port < 0 || port > MAX_PORT) {
    const detail = `Expected \`port\` to be a whole number from 0 to ${MAX_PORT}, got ${port}.`;
    throw new TurnspanError('OPTION_INVALID', { detail });
  }
  if (!path.startsWith('/')) {
    const detail = `Expected \`path\` to begin with a slash, got ${JSON.stringify(path)}.`;
    throw new TurnspanError('OPTION_INVALID', { detail });
  }
}

function createRoutes(path: string, scrape: MetricsHandler): MetricsHandler {
  return (request, response) => {
    const [pathname] = (request.url ?? '/').split('?', 1);
    if (pathname === path) return scrape(request, response);
    if (pathname !== '/') return sendText(response, 404);
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(`The metrics are at ${path}\n`);
  };
}

function listen(
  server: Server,
  address: ListeningAddress,
  onError: OnError,
): Promise<ListeningAddress | undefined> {
  server.unref();
  server.on('connection', (socket) => socket.unref());
  return new Promise((resolve) => {
    server.once('listening', () => resolve(toAddress(server.address() as AddressInfo)));
    server.on('error', (error) => {
      resolve(undefined);
      onError(server.listening ? error : toPortError(error, address));
    });
    server.listen(address);
  });
}

function toAddress({ address, port }: AddressInfo): ListeningAddress {
  return { host: address, port };
}

function toPortError(cause: NodeJS.ErrnoException, { host, port }: ListeningAddress): Error {
  const detail = `Nothing can listen on ${host}:${port} (${cause.code}). ${REMEDY}`;
  return new TurnspanError('PORT_UNAVAILABLE', { detail, cause });
}

const REMEDY =
  'Set TURNSPAN_METRICS_PORT or the option `metrics.port` to another port, or turn the listener off with `metrics: false`.';

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
