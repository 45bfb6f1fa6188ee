import type { RedisClient } from '@turnspan/store-redis';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { createClient, createCluster } from 'redis';

/** A client of a test. */
export interface TestClient {
  readonly client: RedisClient;
  close(): Promise<void>;
}

/** Connects a client of some library. */
export type Connect = (url: string) => Promise<TestClient>;

type ClientCase = readonly [name: string, connect: Connect];

const IO_REDIS: RedisOptions = { maxRetriesPerRequest: 1 };

/** Connects with `ioredis`, without waiting until it is connected. */
export async function connectIoRedis(url: string): Promise<TestClient> {
  const client = new Redis(url, IO_REDIS);
  client.on('error', () => undefined);
  return { client, close: async () => client.disconnect() };
}

/** Connects with node-redis; a failure shows in the first call. */
export async function connectNodeRedis(url: string): Promise<TestClient> {
  const client = createClient({ url, disableOfflineQueue: true });
  client.on('error', () => undefined);
  await Promise.race([client.connect().catch(() => undefined), once(client, 'error')]);
  return { client, close: async () => client.destroy() };
}

async function connectIoRedisCluster(url: string): Promise<TestClient> {
  const client = new Cluster([url], { redisOptions: IO_REDIS });
  client.on('error', () => undefined);
  return { client, close: async () => client.disconnect() };
}

async function connectNodeRedisCluster(url: string): Promise<TestClient> {
  const client = createCluster({ rootNodes: [{ url }] });
  client.on('error', () => undefined);
  await client.connect();
  return { client, close: async () => client.destroy() };
}

/** Every library, by name. */
export const CLIENTS: readonly [ClientCase, ClientCase] = [
  ['ioredis', connectIoRedis],
  ['node-redis', connectNodeRedis],
];

/** The same for a cluster. */
export const CLUSTER_CLIENTS: readonly ClientCase[] = [
  ['ioredis Cluster', connectIoRedisCluster],
  ['node-redis createCluster', connectNodeRedisCluster],
];

/** Runs one command on a connection of its own. */
export async function sendCommand(url: string, [name = '', ...rest]: string[]): Promise<unknown> {
  const client = new Redis(url, IO_REDIS);
  try {
    return await client.call(name, ...rest);
  } finally {
    client.disconnect();
  }
}

function once(client: { once(event: 'error', listen: () => void): unknown }, event: 'error') {
  return new Promise<void>((resolve) => client.once(event, resolve));
}
