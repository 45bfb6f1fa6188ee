import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { contain, type OnError, TurnspanError } from '@turnspan/core';
import { type ConsoleHandler, createConsole } from './create-console';
import type { ConsoleOptions } from './options';

/** Where the page is, and what it shows to whom. */
export interface ConsoleServerOptions extends ConsoleOptions {
  /** Hears of a port that cannot be had and of a source that fails; neither is thrown. */
  readonly onError: OnError;
  /**
   * Address to listen on; everything but a loopback address is open to the network.
   * @default '127.0.0.1'
   */
  readonly host?: string;
  /**
   * Port to listen on; 0 takes a free one.
   * @default 9465
   */
  readonly port?: number;
}

/** Where somebody finds the page. */
export interface ConsoleAddress {
  readonly host: string;
  readonly port: number;
  /** Without the token. */
  readonly url: string;
}

/** A listener for the page. */
export interface ConsoleServer {
  /** Where it listens; undefined if it could not, which `onError` has heard of. */
  readonly listening: Promise<ConsoleAddress | undefined>;
  /** Answers a request as the listener does. */
  readonly handler: ConsoleHandler;
  /** Stops listening and ends what is still connected. */
  close(): Promise<void>;
}

const MAX_PORT = 65_535;

/**
 * Listens for people who want to see the page, on a port of its own. It never keeps the process alive.
 *
 * @example
 * const { listening } = createConsoleServer({ source, token, onError: console.error });
 */
export function createConsoleServer({
  host = '127.0.0.1',
  port = 9465,
  ...options
}: ConsoleServerOptions): ConsoleServer {
  if (!Number.isInteger(port) || port < 0 || port > MAX_PORT) {
    const detail = `Expected \`port\` to be a whole number from 0 to ${MAX_PORT}, got ${port}.`;
    throw new TurnspanError('OPTION_INVALID', { detail });
  }
  const handler = createConsole(options);
  const server = createServer(handler);
  const onError = contain(options.onError, () => undefined);
  const listening = listen(server, { host, port, path: options.path ?? '/', onError });
  // A server that is closed while it looks up its host would listen all the same.
  return { listening, handler, close: () => listening.then(() => close(server)) };
}

interface Wanted {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly onError: OnError;
}

function listen(
  server: Server,
  { host, port, path, onError }: Wanted,
): Promise<ConsoleAddress | undefined> {
  server.unref();
  server.on('connection', (socket) => socket.unref());
  return new Promise((resolve) => {
    server.once('listening', () => resolve(toAddress(server.address() as AddressInfo, path)));
    server.on('error', (cause: NodeJS.ErrnoException) => {
      resolve(undefined);
      const detail = `Nothing can listen on ${host}:${port} (${cause.code}). Choose another port for the console.`;
      onError(server.listening ? cause : new TurnspanError('PORT_UNAVAILABLE', { detail, cause }));
    });
    server.listen({ host, port });
  });
}

function toAddress({ address, family, port }: AddressInfo, path: string): ConsoleAddress {
  const name = family === 'IPv6' ? `[${address}]` : address;
  return { host: address, port, url: `http://${name}:${port}${path.replace(/\/*$/, '/')}` };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
