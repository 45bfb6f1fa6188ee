import type { Inbox } from '@turnspan/core';
import { createGate, post, text, webhook } from './harness';
import { forever, type Listener, type Listening, startListener } from './support/listener';
import { createWorld, settle, until, type World } from './support/world';

const LEASE_MS = 30_000;
const TIMEOUT_MS = 500;
const MINUTE_MS = 60_000;

let world: World;
let bots: Listener[];

beforeEach(() => {
  world = createWorld();
  bots = [];
});

afterEach(() => Promise.all(bots.map((bot) => bot.close())));

async function listen(listening: Partial<Listening> = {}): Promise<Listener> {
  const bot = await startListener({ process: world.startProcess(), ...listening });
  bots.push(bot);
  return bot;
}

function refuse(): Promise<never> {
  return Promise.reject(new Error('down'));
}

/** A store of which every call does the same. */
function all(call: () => Promise<never>): Partial<Inbox> {
  return { put: call, renew: call, done: call, takeOver: call };
}

function kindsOf({ errors }: Listener): string[] {
  return errors.map((error) => /`(\w+)` of the inbox/.exec(String(error))?.[1] ?? String(error));
}

const garbage = (value: unknown) => all(() => Promise.resolve(value as never));

describe('a store that fails', () => {
  it.each<[string, Partial<Inbox>]>([
    ['rejects', all(refuse)],
    [
      'throws',
      all(() => {
        throw new Error('down');
      }),
    ],
    ['answers nothing', garbage(undefined)],
    ['answers a text', garbage('true')],
    ['answers a list of numbers', garbage([1])],
    ['answers an empty object', garbage({})],
    ['answers a list of nothing', garbage([null])],
  ])('keeps no message from the bot when it %s', async (_how, broken) => {
    const bot = await listen({ process: world.startProcess(() => broken) });

    const statuses = [
      await post(bot.url, webhook(text('1'), text('2'), text('other', '16505550000'))),
      await post(bot.url, webhook(text('3'))),
    ];

    expect(statuses).toEqual([200, 200]);
    expect(bot.heard.filter((body) => body !== 'other')).toEqual(['1', '2', '3']);
    expect(bot.heard).toHaveLength(4);
    expect(bot.errors.length).toBeGreaterThan(0);
    for (const error of bot.errors) expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('has its time and no more, whatever number of messages waits', async () => {
    const bot = await listen({ process: world.startProcess(() => all(forever)) });
    await world.pass(TIMEOUT_MS);

    const posting = post(bot.url, webhook(text('1'), text('2'), text('3')));
    await until(() => bot.signals.length === 3);
    await world.pass(TIMEOUT_MS - 1);
    expect(bot.heard).toEqual([]);
    await world.pass(1);

    expect(await posting).toBe(200);
    expect(bot.heard).toEqual(['1', '2', '3']);
  });

  it('is told of once a minute for each kind of call', async () => {
    const bot = await listen({ process: world.startProcess(() => all(refuse)) });

    await post(bot.url, webhook(text('1'), text('2'), text('3')));
    await settle();
    const first = kindsOf(bot);
    await world.pass(MINUTE_MS);
    await post(bot.url, webhook(text('4')));
    await settle();

    expect([...first].sort()).toEqual(['done', 'put', 'takeOver']);
    expect(new Set(kindsOf(bot)).size).toBe(3);
    expect(bot.errors.length).toBeGreaterThan(3);
    expect(bot.errors.length).toBeLessThanOrEqual(6);
  });

  it('is left alone after five failures in a row, but for one call every two seconds', async () => {
    let puts = 0;
    const put = () => {
      puts += 1;
      return forever();
    };
    const bot = await listen({ process: world.startProcess(() => ({ ...all(forever), put })) });
    const users = Array.from({ length: 5 }, (_, index) => text('slow', `1650555000${index}`));
    const posting = post(bot.url, webhook(...users));
    await until(() => puts === 5);
    await world.pass(TIMEOUT_MS);
    await posting;

    const statuses = [await post(bot.url, webhook(text('fast'), text('fast')))];
    const whileLeftAlone = puts;
    await world.pass(2000);
    const slow = post(bot.url, webhook(text('slow')));
    await until(() => puts === 6);
    statuses.push(await post(bot.url, webhook(text('fast', '16505550000'))));
    await world.pass(TIMEOUT_MS);
    statuses.push(await slow);

    expect(statuses).toEqual([200, 200, 200]);
    expect([whileLeftAlone, puts]).toEqual([5, 6]);
    expect(bot.heard.slice(5)).toEqual(['fast', 'fast', 'fast', 'slow']);
  });

  it('does not make a message come twice that it took without saying so in time', async () => {
    const process = world.startProcess((inbox) => ({
      put: async (entry, leaseMs) => {
        await inbox.put(entry, leaseMs);
        return forever();
      },
    }));
    const bot = await listen({ process });
    const posting = post(bot.url, webhook(text('1')));
    await until(() => world.server.entries().length === 1);
    await world.pass(TIMEOUT_MS);
    await posting;
    bot.kill();

    const other = await listen();
    await world.pass(3 * LEASE_MS);

    expect([bot.heard, other.heard]).toEqual([['1'], []]);
    expect(world.server.entries()).toEqual([]);
  });

  it('hears of a message that is done as soon as it works again, and handles it no more', async () => {
    let isDown = true;
    const process = world.startProcess((inbox) => ({
      done: (id) => (isDown ? refuse() : inbox.done(id)),
    }));
    const bot = await listen({ process });
    await post(bot.url, webhook(text('1'), text('2', '16505550000')));
    await world.pass(2 * LEASE_MS);
    expect(world.server.entries()).toHaveLength(2);

    isDown = false;
    await world.pass(LEASE_MS);

    expect(world.server.entries()).toEqual([]);
    expect(bot.heard).toHaveLength(2);
  });

  it('that fails to renew does not keep a message from its turn', async () => {
    const gate = createGate();
    const process = world.startProcess(() => ({ renew: refuse, takeOver: refuse }));
    const bot = await listen({
      process,
      turn: () => gate.opened,
      options: { turnTimeoutMs: 10 * LEASE_MS },
    });
    const posting = post(bot.url, webhook(text('1'), text('2')));
    await until(() => bot.heard.length === 1);
    await world.pass(2 * LEASE_MS);

    gate.open();
    await posting;
    await until(() => bot.heard.length === 2);
    await world.pass(LEASE_MS);

    expect(bot.heard).toEqual(['1', '2']);
    expect(world.server.entries()).toEqual([]);
  });
});

describe('a message that cannot be read', () => {
  it('is put away, and told of, and nobody waits for it', async () => {
    const one = await listen({ turn: forever });
    void post(one.url, webhook(text('1'), text('2'))).catch(() => {});
    await until(() => world.server.entries().length === 2);
    one.kill();
    const { options } = world.startProcess();
    const inbox = { ...options.inbox, key: 'another key' };
    const bot = await listen({ options: { ...options, inbox } });

    await world.pass(2 * LEASE_MS);
    await post(bot.url, webhook(text('3')));
    await until(() => world.server.entries().length === 0);

    expect(bot.heard).toEqual(['3']);
    expect(bot.errors).toEqual([expect.objectContaining({ code: 'OPTION_INVALID' })]);
    expect(String(bot.errors[0])).toContain('`inbox.key`');
  });

  it.each(['', 'nonsense', Buffer.alloc(100, 1).toString('base64')])(
    'is put away: %j',
    async (payload) => {
      const stranger = world.server.connect();
      await stranger.put({ id: 'id', sender: 'sender', payload }, 1);
      await world.pass(1);

      const bot = await listen();
      await until(() => world.server.entries().length === 0);

      expect([bot.heard, bot.errors.length]).toEqual([[], 1]);
    },
  );

  it('is not kept at all when it cannot be written', async () => {
    const bot = await listen();
    const body = JSON.stringify(webhook({ ...text('deep'), more: 'MORE' }));
    const status = await post(
      bot.url,
      body.replace('"MORE"', `${'['.repeat(20_000)}${']'.repeat(20_000)}`),
    );

    expect(status).toBe(200);
    expect(bot.heard).toEqual(['deep']);
  });
});
