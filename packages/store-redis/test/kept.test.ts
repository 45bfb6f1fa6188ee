import { createRedisStore } from '@turnspan/store-redis';
import { Redis } from 'ioredis';
import { describeWith } from '../../../test/support/servers/binary';
import { type RedisServer, startRedis } from '../../../test/support/servers/redis';
import { createPrefix } from './support/hold-contract';
import { createWaiting } from './support/waiting';

const DAY = 86_400_000;

describeWith('redis-server', (binary) => {
  describe('what the Redis store keeps', () => {
    let server: RedisServer;
    let client: Redis;

    beforeAll(async () => {
      server = await startRedis({ binary });
      client = new Redis(server.url);
    });
    afterAll(async () => {
      client.disconnect();
      await server.stop();
    });

    it('takes a claim that an older Turnspan wrote for one of no message', async () => {
      const prefix = createPrefix();
      const store = createRedisStore({ client, prefix });
      await client.set(`{${prefix}}:claim:turnspan.1`, 'answered q83vASNF 1');

      for (const by of [undefined, '', 'q83vASNF', 'message']) {
        expect(await store.claim('turnspan.1', 'answered', by)).toEqual({
          claimed: false,
          reason: 'answered',
        });
      }
    });

    it('writes a claim in a way that an older Turnspan can read', async () => {
      const prefix = createPrefix();
      const store = createRedisStore({ client, prefix });
      await store.wait(createWaiting('1'));

      await store.claim('turnspan.1', 'answered', 'message');
      await store.claim('turnspan.2', 'answered', 'message');

      const keys = ['1', '2'].map((name) => `{${prefix}}:claim:turnspan.${name}`);
      const form = expect.stringMatching(/^answered \S{21,22} 0$/);
      expect(await client.mget(keys)).toEqual([form, form]);
    });

    it('leaves nothing of a drop that is forgotten, or that nobody forgot for eight days', async () => {
      const prefix = createPrefix();
      const clock = { time: 0, now: () => clock.time, tick: () => clock.time };
      const store = createRedisStore({ client, prefix, clock });
      const settle = async (name: string, time: number): Promise<readonly number[]> => {
        clock.time = time;
        await store.wait(createWaiting(name, { stallAt: 1000 }));
        await store.settle(await store.takeDue({ now: 2000, limit: 10, leaseMs: 50 }));
        const kept = [`{${prefix}}:untold`, `{${prefix}}:settled`] as const;
        return [await client.hlen(kept[0]), await client.zcard(kept[1])];
      };

      expect(await settle('1', 0)).toEqual([1, 1]);
      expect(await settle('2', 8 * DAY - 1)).toEqual([2, 2]);
      expect(await settle('3', 8 * DAY)).toEqual([2, 2]);
      await store.untold.forget(['turnspan.2', 'turnspan.3']);
      expect(await client.keys(`{${prefix}}:[us]*`)).toEqual([]);
    });
  });
});
