import { createRedisStore } from '@turnspan/store-redis';
import { describeSharedStore, describeStore } from '@turnspan/testing';
import type { RedisServer } from '../../../../test/support/servers/redis';
import type { Connect, TestClient } from './clients';

let made = 0;

/** A prefix that no other case has. */
export function createPrefix(): string {
  made += 1;
  return `case-${made}`;
}

/** Holds stores on a client to both contracts, each case under a prefix of its own. */
export function holdContract(start: () => Promise<RedisServer>, connect: Connect): void {
  let server: RedisServer;
  let clients: readonly [TestClient, TestClient];

  beforeAll(async () => {
    server = await start();
    clients = [await connect(server.url), await connect(server.url)];
  });

  afterAll(async () => {
    for (const { close } of clients) await close();
    await server.stop();
  });

  it.each(
    describeStore({
      createStore: (origin) =>
        createRedisStore({ client: clients[0].client, origin, prefix: createPrefix() }),
    }),
  )('%s', (_case, run) => run());

  it.each(
    describeSharedStore({
      openStores: async ({ origin, now }) => {
        const shared = { origin, prefix: createPrefix(), clock: { now, tick: now } };
        const [one, two] = clients;
        return [
          createRedisStore({ client: one.client, ...shared }),
          createRedisStore({ client: two.client, ...shared }),
        ];
      },
    }),
  )('%s', (_case, run) => run());
}
