import { createRedisStore } from '@turnspan/store-redis';
import { describeSharedStore, describeStore } from '@turnspan/testing';
import { describeWith } from '../../../test/support/servers/binary';
import { type RedisServer, startRedis } from '../../../test/support/servers/redis';
import { CLIENTS, type TestClient } from './support/clients';

describeWith('redis-server', (binary) => {
  describe.each(CLIENTS)('the Redis store on %s', (_name, connect) => {
    let server: RedisServer;
    let clients: readonly [TestClient, TestClient];
    let made = 0;

    beforeAll(async () => {
      server = await startRedis({ binary });
      clients = [await connect(server.url), await connect(server.url)];
    });

    afterAll(async () => {
      for (const { close } of clients) await close();
      await server.stop();
    });

    const createPrefix = () => {
      made += 1;
      return `contract-${made}`;
    };

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
  });
});
