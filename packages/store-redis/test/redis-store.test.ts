import { type Claim, MemoryStore } from '@turnspan/core';
import { createRedisStore, type IoRedisClient, type RedisStore } from '@turnspan/store-redis';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import { describeWith } from '../../../test/support/servers/binary';
import { type RedisServer, startRedis } from '../../../test/support/servers/redis';
import { sendCommand } from './support/clients';
import { createPrefix } from './support/hold-contract';
import { type Command, compareStores } from './support/model';
import { createWaiting } from './support/waiting';

const UNSEEN: Claim = { claimed: false, reason: undefined };
const TAKE = { now: 2000, limit: 1000, leaseMs: 50 };

describeWith('redis-server', (binary) => {
  describe('the Redis store', () => {
    let server: RedisServer;
    let client: Redis;
    const open = (through: IoRedisClient = client): RedisStore =>
      createRedisStore({ client: through, prefix: createPrefix() });

    beforeAll(async () => {
      server = await startRedis({ binary });
      client = new Redis(server.url);
    });
    afterAll(async () => {
      client.disconnect();
      await server.stop();
    });

    it('does what the store in memory does, whatever comes', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(COMMAND, { maxLength: 60, size: 'max' }), async (commands) => {
          await compareStores([new MemoryStore('turnspan'), open()], commands);
        }),
        { numRuns: 60 },
      );
    }, 60_000);

    it('sends its scripts again to a Redis that has forgotten them', async () => {
      const store = open();
      await store.wait(createWaiting('1'));
      await sendCommand(server.url, ['SCRIPT', 'FLUSH']);

      const claim = await store.claim(createWaiting('1').id, 'answered');

      expect(claim.claimed).toBe(true);
    });

    it('sends a script by its name only, once Redis knows it', async () => {
      const byText = jest.fn();
      const store = open({
        evalsha: (...values) => client.evalsha(...values),
        eval: byText,
      });
      await open().wait(createWaiting('1'));

      await store.wait(createWaiting('1'));

      expect(byText).not.toHaveBeenCalled();
    });

    it('answers the same to a call that the client sends twice', async () => {
      const store = open(sendTwice(client));
      const { shared, inbox } = store;
      await store.wait(createWaiting('1'));
      await store.wait(createWaiting('2'));
      const entry = { id: '1', sender: 'ann', payload: 'text' };

      const claim = await store.claim(createWaiting('1').id, 'answered');

      expect(claim.claimed).toBe(true);
      expect(await store.claim(createWaiting('1').id, 'answered')).toEqual({
        claimed: false,
        reason: 'answered',
      });
      expect(await shared.see('message', 1000)).toBe(true);
      expect(await shared.see('message', 1000)).toBe(false);
      expect(await shared.acquire('poll', 1000)).toBe(true);
      expect(await shared.assign('ann', 'a', 1000)).toBe('a');
      expect(await inbox.put(entry, 1000)).toBe(true);
      expect(await inbox.put(entry, 1000)).toBe(false);
    });

    it.each(['stall', 'drop'] as const)(
      'settles a %s whose call is sent twice',
      async (deadline) => {
        const prefix = createPrefix();
        const store = createRedisStore({ client, prefix });
        const again = createRedisStore({ client: sendTwice(client), prefix });
        await store.wait(createWaiting('1', { stallAt: deadline === 'stall' ? 100 : 1000 }));
        const due = await store.takeDue(TAKE);

        const settled = await again.settle(due);

        expect(settled).toEqual(due);
        expect(await again.settle(due)).toEqual([]);
      },
    );

    it('takes and settles hundreds in a few round trips', async () => {
      const evalsha = jest.fn<Promise<unknown>, Parameters<IoRedisClient['evalsha']>>((...values) =>
        client.evalsha(...values),
      );
      const store = open({ evalsha, eval: (...values) => client.eval(...values) });
      const names = Array.from({ length: 500 }, (_, index) => String(index));
      await Promise.all(names.map((name) => store.wait(createWaiting(name))));
      evalsha.mockClear();

      const settled = await store.settle(await store.takeDue(TAKE));

      expect(settled).toHaveLength(500);
      expect(evalsha.mock.calls.length).toBeLessThanOrEqual(3);
    });

    it('answers the same to a claim of no wait that the client sends twice', async () => {
      const store = open(sendTwice(client));

      expect(await store.claim('turnspan.1', 'answered')).toEqual(UNSEEN);
      expect(await store.claim('turnspan.2', 'answered', 'message')).toEqual(UNSEEN);
    });

    it('keeps a drop that is settled by a call that is sent twice, once', async () => {
      const prefix = createPrefix();
      const store = createRedisStore({ client: sendTwice(client), prefix });
      const waiting = createWaiting('1', { stallAt: 1000 });
      await store.wait(waiting);

      await store.settle(await createRedisStore({ client, prefix }).takeDue(TAKE));

      expect(await store.untold.list(Number.MAX_SAFE_INTEGER, 10)).toEqual([waiting]);
    });

    it('leaves nothing of who has answered, but that they have', async () => {
      const store = open();
      const before = await client.keys('*');
      await store.wait(createWaiting('1'));
      await store.takeDue(TAKE);

      await store.claim(createWaiting('1').id, 'answered');

      const [left = '', ...others] = (await client.keys('*')).filter(
        (key) => !before.includes(key),
      );
      expect(left).toMatch(/:claim:turnspan\.1$/);
      expect(others).toEqual([]);
      expect(await client.pttl(left)).toBeGreaterThan(7 * 86_400_000);
    });

    it('has no personal data in its keys', async () => {
      const phone = '4915550001234';
      const store = open();
      const user = { channel: 'whatsapp', line: phone, key: phone };
      const before = await client.keys('*');
      await store.wait(createWaiting('1', { user }));
      await store.takeDue(TAKE);
      await store.shared.see(phone, 1000);
      await store.shared.assign(phone, 'session', 1000);
      await store.inbox.put({ id: 'hash', sender: phone, payload: 'secret' }, 1000);

      const keys = (await client.keys('*')).filter((key) => !before.includes(key));

      expect(keys.length).toBeGreaterThan(5);
      expect(keys.filter((key) => key.includes(phone))).toEqual([]);
    });

    it('keeps what Redis gives back after a crash, where it writes to its log at once', async () => {
      const args = ['--appendonly', 'yes', '--appendfsync', 'always'];
      const durable = await startRedis({ binary, args });
      const connection = new Redis(durable.url);
      const store = createRedisStore({ client: connection });
      await store.wait(createWaiting('1'));
      await store.wait(createWaiting('2'));
      await store.claim(createWaiting('2').id, 'answered');

      await durable.kill();
      await durable.restart();

      expect(await store.takeDue(TAKE)).toHaveLength(1);
      expect(await store.claim(createWaiting('2').id, 'dropped')).toMatchObject({ claimed: false });
      connection.disconnect();
      await durable.stop();
    });
  });
});

const NAME = fc.constantFrom('1', '2', '3', '4', '5');
const WAIT = fc.record({
  kind: fc.constant('wait' as const),
  name: NAME,
  node: fc.constantFrom('size', 'crust'),
  stallIn: fc.integer({ min: -1, max: 2 }),
  dropIn: fc.integer({ min: 0, max: 3 }),
});
const CLAIM = fc.record({
  kind: fc.constant('claim' as const),
  name: NAME,
  reason: fc.constantFrom('answered' as const, 'undelivered' as const),
});
const TAKE_SOME = fc.record({ kind: fc.constant('take' as const), pass: fc.nat(12) });
const SETTLE = fc.record({ kind: fc.constant('settle' as const), ago: fc.nat(2) });
const COMMAND: fc.Arbitrary<Command> = fc.oneof(
  { arbitrary: WAIT, weight: 6 },
  { arbitrary: CLAIM, weight: 1 },
  { arbitrary: TAKE_SOME, weight: 4 },
  { arbitrary: SETTLE, weight: 5 },
);

/** As a client does whose connection breaks before the answer comes. */
function sendTwice(client: Redis): IoRedisClient {
  return {
    evalsha: async (...values) => {
      await client.evalsha(...values);
      return await client.evalsha(...values);
    },
    eval: async (...values) => {
      await client.eval(...values);
      return await client.eval(...values);
    },
  };
}
