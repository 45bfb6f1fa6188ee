import type { RedisClient } from '@turnspan/store-redis';
import { Redis } from 'ioredis';
import { createClient } from 'redis';

/** A client of a test. */
export interface TestClient {
  readonly client: RedisClient;
  /** Sends a command as it stands. */
  send(...command: string[]): Promise<unknown>;
  close(): Promise<void>;
}

/** Connects with `ioredis`. */
export async function connectIoRedis(url: string): Promise<TestClient> {
  const client = new Redis(url, { maxRetriesPerRequest: 1 });
  client.on('error', () => undefined);
  return {
    client,
    send: (name = '', ...rest) => client.call(name, ...rest),
    close: async () => client.disconnect(),
  };
}

/** Connects with node-redis. */
export async function connectNodeRedis(url: string): Promise<TestClient> {
  const client = createClient({ url, disableOfflineQueue: true });
  client.on('error', () => undefined);
  await client.connect();
  return {
    client,
    send: (...command) => client.sendCommand(command),
    close: async () => client.destroy(),
  };
}

/** Both, by name. */
export const CLIENTS: readonly (readonly [string, (url: string) => Promise<TestClient>])[] = [
  ['ioredis', connectIoRedis],
  ['node-redis', connectNodeRedis],
];
