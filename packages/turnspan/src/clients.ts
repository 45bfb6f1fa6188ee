import { type OnError, TurnspanError } from '@turnspan/core';
import type { PostgresPool } from '@turnspan/store-postgres';
import type { RedisClient } from '@turnspan/store-redis';
import { waitAtMost } from './wait-at-most';

/** A connection that was made from a URL, and so is ours to end. */
export interface Connection<Client> {
  readonly client: Client;
  end(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 2000;
const END_TIMEOUT_MS = 1000;

/**
 * Connects to Redis with the client library that the bot has.
 *
 * @throws TurnspanError `OPTION_INVALID` where it has none
 */
export function connectRedis(url: string, onError: OnError): Connection<RedisClient> {
  const ioredis = load('ioredis') as IoRedis | undefined;
  if (ioredis) return connectIoRedis(ioredis, url, onError);
  const redis = load('redis') as NodeRedis | undefined;
  if (redis) return connectNodeRedis(redis, url, onError);
  throw missing('a Redis', '`npm install ioredis`');
}

/**
 * Connects to Postgres with the `pg` that the bot has.
 *
 * @throws TurnspanError `OPTION_INVALID` where it has none
 */
export function connectPostgres(url: string, onError: OnError): Connection<PostgresPool> {
  const pg = load('pg') as Pg | undefined;
  if (!pg) throw missing('a Postgres', '`npm install pg`');
  const pool = new pg.Pool({
    connectionString: url,
    max: 4,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'turnspan',
    allowExitOnIdle: true,
  });
  pool.on('error', onError);
  return { client: pool, end: endInTime(pool) };
}

interface IoRedis {
  readonly Redis: new (url: string, options: object) => RedisClient & Closable;
}

interface NodeRedis {
  createClient(options: object): RedisClient & Closable & { connect(): Promise<unknown> };
}

interface Pg {
  readonly Pool: new (options: object) => PgPool;
}

interface PgPool extends PostgresPool {
  on(event: 'error', listen: OnError): unknown;
  on(event: 'connect' | 'remove', listen: (client: PgClient) => void): unknown;
  end(): Promise<void>;
}

interface PgClient {
  unref?(): void;
}

/** A server that hangs says goodbye to nobody; what is still open must not keep the process alive. */
function endInTime(pool: PgPool): () => Promise<void> {
  const clients = new Set<PgClient>();
  pool.on('connect', (client) => clients.add(client));
  pool.on('remove', (client) => clients.delete(client));
  return async () => {
    const hasEnded = await waitAtMost(END_TIMEOUT_MS, pool.end());
    if (!hasEnded) for (const client of clients) client.unref?.();
  };
}

interface Closable {
  on(event: 'error', listen: OnError): unknown;
  quit(): Promise<unknown>;
  disconnect(): unknown;
}

function connectIoRedis({ Redis }: IoRedis, url: string, onError: OnError) {
  const client = new Redis(url, {
    maxRetriesPerRequest: 1,
    connectTimeout: CONNECT_TIMEOUT_MS,
    // A Redis that is still loading says so itself; waiting in here would only look like silence.
    enableReadyCheck: false,
  });
  client.on('error', onError);
  return { client, end: async () => void client.disconnect() };
}

function connectNodeRedis({ createClient }: NodeRedis, url: string, onError: OnError) {
  const socket = { connectTimeout: CONNECT_TIMEOUT_MS };
  const client = createClient({ url, socket, disableOfflineQueue: true });
  client.on('error', onError);
  client.connect().catch(onError);
  return { client, end: async () => void client.disconnect() };
}

/** The bot's own copy, which may be none that this package sees. */
function load(name: string): unknown {
  try {
    return require(require.resolve(name, { paths: [__dirname, process.cwd()] }));
  } catch {
    return undefined;
  }
}

function missing(what: string, install: string): TurnspanError {
  const detail = `The URL asks for ${what} client, and the bot has none: ${install}.`;
  return new TurnspanError('OPTION_INVALID', { detail });
}
