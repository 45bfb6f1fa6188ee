import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@turnspan/core';
import * as storeRedis from '@turnspan/store-redis';
import * as ioredis from 'ioredis';
import { describeWith } from '../../../test/support/servers/binary';
import { type RedisServer, startRedis } from '../../../test/support/servers/redis';
import { DEFAULTS } from '../src/options';
import { CLIENTS, sendCommand } from './support/clients';
import { createWaiting } from './support/waiting';

const README = readFileSync(join(__dirname, '../README.md'), 'utf8');
const MODULES: Readonly<Record<string, unknown>> = {
  ioredis,
  '@turnspan/core': core,
  '@turnspan/store-redis': storeRedis,
};

describe('README', () => {
  it('has exactly the options', () => {
    const source = readFileSync(join(__dirname, '../src/options.ts'), 'utf8');
    const [, body = ''] = /interface RedisStoreOptions \{([\s\S]*?)\n\}/.exec(source) ?? [];
    const names = [...body.matchAll(/readonly (\w+)\??:/g)].map(([, name]) => `\`${name}\``);

    expect(rowsOf('## Options').map(([name]) => name)).toEqual(names);
  });

  it('has the defaults of the options', () => {
    const told = rowsOf('## Options').filter(([, value = '']) => value.startsWith('`'));

    expect(told.map((cells) => cells.slice(0, 2))).toEqual(
      Object.entries(DEFAULTS).map(([name, value]) => [`\`${name}\``, `\`'${value}'\``]),
    );
  });
});

describeWith('redis-server', (binary) => {
  describe('README', () => {
    let server: RedisServer;

    beforeAll(async () => {
      server = await startRedis({ binary });
    });
    afterAll(() => server.stop());
    beforeEach(() => sendCommand(server.url, ['FLUSHALL']));

    it('begins with an example that runs', async () => {
      const [, example = ''] = /```js\n([\s\S]*?)```/.exec(README) ?? [];
      const code = example.replace('redis://localhost:6379', server.url);
      const load = (name: string) => MODULES[name];

      const run = new Function('require', `${code}\nreturn { client, store, tracker };`);
      const { client, store, tracker } = run(load);

      expect(example.trim().split('\n').length).toBeLessThanOrEqual(10);
      expect(tracker).toBeInstanceOf(core.Tracker);
      expect(await store.summary()).toEqual({ counts: [], nextDeadline: undefined });
      client.disconnect();
    });

    it('has exactly the keys, with their types', async () => {
      const { client, close } = await CLIENTS[0][1](server.url);

      await useEverything(client);

      const keys = (await sendCommand(server.url, ['KEYS', '*'])) as string[];
      const types = await Promise.all(keys.map((key) => sendCommand(server.url, ['TYPE', key])));
      const there = new Map(keys.map((key, index) => [`\`${toPattern(key)}\``, types[index]]));
      const told = rowsOf('## Keys').map((cells) => cells.slice(0, 2));
      expect([...there].sort()).toEqual(told.sort());
      await close();
    });

    it.each(CLIENTS)('has the rights that the store needs on %s', async (_name, connect) => {
      const [command = ''] = /^ACL SETUSER .*$/m.exec(README) ?? [];
      await sendCommand(server.url, command.split(' '));
      const { client, close } = await connect(`redis://bot:password@127.0.0.1:${server.port}`);

      await expect(useEverything(client)).resolves.toBeUndefined();
      await close();
    });
  });
});

/** Makes every call, and leaves something under every key. */
async function useEverything(client: storeRedis.RedisClient): Promise<void> {
  const store = storeRedis.createRedisStore({ client });
  const { shared, inbox } = store;
  for (const name of ['1', '2', '3']) await store.wait(createWaiting(name));
  await store.claim(createWaiting('3').id, 'answered');
  const take = { limit: 1, leaseMs: 50 };
  await store.settle(await store.takeDue({ ...take, now: 100 }));
  await store.wait(createWaiting('4', { stallAt: 50, dropAt: 50 }));
  await store.settle(await store.takeDue({ ...take, now: 100 }));
  await store.takeDue({ ...take, now: 200 });
  await store.summary();
  await store.untold.list(Number.MAX_SAFE_INTEGER, 10);
  await store.untold.forget(['nobody']);
  await shared.see('key', 1000);
  await shared.assign('name', 'value', 1000);
  await shared.acquire('poll', 1000);
  await shared.keepFacts([FACT]);
  await shared.keepFacts([FACT]);
  await shared.facts();
  for (const id of ['1', '2']) await inbox.put({ id, sender: 'ann', payload: 'text' }, -1);
  await inbox.takeOver(10, 1000);
  await inbox.renew(['1', '2'], 1000);
  await inbox.done('1');
}

const FACT: core.QualityFact = {
  subject: { kind: 'phone', id: '1' },
  attribute: 'rating',
  value: 'GREEN',
  at: 1,
  observedAt: 1,
  source: 'poll',
};

/** What callers name is between angle brackets in the table. */
function toPattern(key: string): string {
  return key
    .replace(/(:claim|:done):.*/, '$1:<id>')
    .replace(/:(seen|assigned):.*/, ':$1:<hash>')
    .replace(/:lease:.*/, ':lease:<name>');
}

/** The cells of the first table after a text. */
function rowsOf(text: string): string[][] {
  const [, section = ''] = README.split(text);
  const [, table = ''] = /\n((?:\|.*\n)+)/.exec(section) ?? [];
  const rows = table.trim().split('\n').slice(2);
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
