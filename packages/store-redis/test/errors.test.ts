import { inspect } from 'node:util';
import type { TurnspanError } from '@turnspan/core';
import { createRedisStore, type RedisClient } from '@turnspan/store-redis';
import { describeWith } from '../../../test/support/servers/binary';
import { type RedisServer, startRedis } from '../../../test/support/servers/redis';
import { CLIENTS, type Connect, sendCommand } from './support/clients';
import { createWaiting } from './support/waiting';

const PASSWORD = 'rubicon';

/** What is wrong with the server, how, and a word of what to do about it. */
const FAULTS: readonly (readonly [string, readonly string[], string])[] = [
  ['has no memory left', ['CONFIG', 'SET', 'maxmemory', '1'], 'raise maxmemory'],
  ['is a replica', ['REPLICAOF', '127.0.0.1', '1'], 'connect to the primary'],
  ['refuses scripts', ['ACL', 'SETUSER', 'default', '-@scripting'], 'lacks rights'],
];

describeWith('redis-server', (binary) => {
  describe.each(CLIENTS)('the Redis store on %s', (_name, connect) => {
    let server: RedisServer;

    beforeEach(async () => {
      server = await startRedis({ binary });
    });
    afterEach(() => server.stop());

    it.each(FAULTS)('says what to do when Redis %s', async (_fault, command, words) => {
      await sendCommand(server.url, [...command]);

      const error = await failToWait(connect, server.url);

      expect(error).toMatchObject({ name: 'TurnspanError', code: 'STORE_UNAVAILABLE' });
      expect(error.message).toContain(words);
      expect(error.cause).toBeInstanceOf(Error);
    });

    it('says what to do when the password is wrong, and never the password', async () => {
      await sendCommand(server.url, ['CONFIG', 'SET', 'requirepass', 'right']);

      const error = await failToWait(connect, `redis://:${PASSWORD}@127.0.0.1:${server.port}`);

      expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE' });
      // What node-redis was told goes to its own event only.
      expect(error.message).toMatch(/give the client the right ones|its 'error' event tells why/);
      expect(inspect(error, { depth: 9 })).not.toContain(PASSWORD);
    });

    it('says what to do when nobody listens', async () => {
      await server.kill();

      const error = await failToWait(connect, server.url);

      expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE' });
      expect(error.message).toMatch(/check that it runs|its 'error' event tells why/);
      expect(error.message).not.toContain(String(server.port));
    });

    it('goes on with what gives memory back when none is left', async () => {
      const { client, close } = await connect(server.url);
      const store = createRedisStore({ client });
      await store.wait(createWaiting('1'));
      await store.wait(createWaiting('2'));
      await sendCommand(server.url, ['CONFIG', 'SET', 'maxmemory', '1']);

      const claim = await store.claim(createWaiting('1').id, 'answered');
      const due = await store.takeDue({ now: 2000, limit: 10, leaseMs: 50 });
      const settled = await store.settle(due);

      expect(claim.claimed).toBe(true);
      expect(settled).toHaveLength(1);
      await close();
    });
  });
});

describe('the Redis store', () => {
  it.each([
    ['LOADING Redis is loading the dataset in memory', 'goes on by itself'],
    ['MASTERDOWN Link with MASTER is down', 'connect to the primary'],
    ['MISCONF Errors writing to the AOF file: No space left on device', 'make room'],
    ['NOAUTH Authentication required.', 'asks for a password'],
    ['CLUSTERDOWN Hash slot not served', 'cluster state'],
    ['MOVED 866 127.0.0.1:7001', 'client for clusters'],
    ['BUSY Redis is busy running a script.', 'SCRIPT KILL'],
    ['ERR Error compiling script (new function)', 'use Redis 7 or Valkey'],
    ['ERR max number of clients reached', 'maxclients'],
    ['Command timed out', 'too long to answer'],
    ['Connection is closed.', 'Connect it before'],
    ["Stream isn't writeable and enableOfflineQueue options is false", 'Connect it before'],
    ['ERR something new', 'see the cause'],
  ])('says what to do about "%s"', async (message, words) => {
    const cause = new Error(message);
    const client: RedisClient = {
      evalsha: () => Promise.reject(cause),
      eval: () => Promise.reject(cause),
    };

    const error: TurnspanError = await createRedisStore({ client })
      .wait(createWaiting('1'))
      .catch((each) => each);

    expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE', cause });
    expect(error.message).toContain(words);
  });

  const client = { evalsha: async () => 1, eval: async () => 1 };

  it.each([
    [{ client: {} as RedisClient }, 'client'],
    [{ client: undefined as unknown as RedisClient }, 'client'],
    [{ client, origin: '' }, 'origin'],
    [{ client, prefix: '' }, 'prefix'],
    [{ client, prefix: 'a{b}' }, 'prefix'],
    [{ client, holder: 7 as unknown as string }, 'holder'],
  ])('refuses options that cannot be meant (%#)', (options, name) => {
    const create = () => createRedisStore(options);

    expect(create).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    expect(create).toThrow(name);
  });
});

async function failToWait(connect: Connect, url: string): Promise<TurnspanError> {
  const { client, close } = await connect(url);
  try {
    return await createRedisStore({ client })
      .wait(createWaiting('1'))
      .then(() => Promise.reject(new Error('It did not fail.')))
      .catch((error) => error);
  } finally {
    await close();
  }
}
