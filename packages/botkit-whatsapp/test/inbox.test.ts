import { RECEIPT, type Receipt } from '@turnspan/core';
import type { Activity } from 'botbuilder-core';
import { WhatsAppAdapter, type WhatsAppAdapterOptions } from '../src';
import { createGate, envelope, type Json, LINE, message, post, text, webhook } from './harness';
import { forever, type Listener, type Listening, startListener } from './support/listener';
import { createWorld, KEY, settle, until, type World } from './support/world';

const LEASE_MS = 30_000;
const TICK_MS = 10_000;

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

async function listenWithoutInbox(): Promise<Listener> {
  const process = world.startProcess();
  const { clock, startTimer } = process.options;
  const bot = await startListener({ process: { ...process, options: { clock, startTimer } } });
  bots.push(bot);
  return bot;
}

/** Posts messages to a bot that never ends their turns, until WhatsApp has its 200; then the process ends. */
async function postAndKill(bot: Listener, ...messages: readonly Json[]): Promise<void> {
  const posting = post(bot.url, webhook(...messages));
  await until(() => world.server.entries().length === messages.length);
  await world.pass(3000);
  expect(await posting).toBe(200);
  bot.kill();
}

describe('a message in the inbox', () => {
  it('is there before its turn begins, and gone when the turn is done', async () => {
    const gate = createGate();
    const kept: number[] = [];
    const bot = await listen({
      turn: () => {
        kept.push(world.server.entries().length);
        return gate.opened;
      },
    });

    const posting = post(bot.url, webhook(text('hello')));
    await until(() => bot.heard.length === 1);
    gate.open();

    expect(await posting).toBe(200);
    await until(() => world.server.entries().length === 0);
    expect(kept).toEqual([1]);
    expect(bot.errors).toEqual([]);
  });

  it('is there before the 200, and so are all of its webhook', async () => {
    const gate = createGate();
    const process = world.startProcess((inbox) => ({
      put: async (entry, leaseMs) => {
        await gate.opened;
        return inbox.put(entry, leaseMs);
      },
    }));
    const bot = await listen({ process, turn: forever });
    let status: number | undefined;

    const bodies = ['1', '2', '3'].map((body) => text(body));
    void post(bot.url, webhook(...bodies, text('4', '16505550000'))).then((answer) => {
      status = answer;
    });
    await until(() => world.server.entries().length === 0 && bot.signals.length === 4);
    await world.pass(400);
    expect(status).toBeUndefined();
    gate.open();
    await until(() => world.server.entries().length === 4);
    await world.pass(3000);
    await until(() => status !== undefined);

    expect(status).toBe(200);
    expect([...bot.heard].sort()).toEqual(['1', '4']);
  });

  it('is done with when its turn fails, and the error goes where it goes without an inbox', async () => {
    const [withInbox, without] = await Promise.all([listen(), listenWithoutInbox()]);
    for (const bot of [withInbox, without]) {
      bot.adapter.use(async () => {
        throw new Error('boom');
      });
      await post(bot.url, webhook(text('hello')));
    }

    await until(() => world.server.entries().length === 0);

    expect(withInbox.errors.map(String)).toEqual(['Error: boom']);
    expect(without.errors.map(String)).toEqual(['Error: boom']);
  });
});

describe('a duplicate', () => {
  it('is not handled again, in whichever process it comes', async () => {
    const [one, two] = [await listen(), await listen()];
    const body = webhook(text('once'));

    const statuses = [await post(one.url, body), await post(two.url, body)];
    statuses.push(await post(one.url, body));

    expect(statuses).toEqual([200, 200, 200]);
    expect([...one.heard, ...two.heard]).toEqual(['once']);
  });
});

describe('a process that ends', () => {
  it('leaves what it had to another, which takes it up in order and once', async () => {
    const first = text('1');
    await postAndKill(
      await listen({ turn: forever }),
      ...[first, text('2'), text('3', '16505550000'), text('4')],
    );

    const bot = await listen();
    await post(bot.url, webhook(first));
    await world.pass(LEASE_MS + TICK_MS);
    await until(() => world.server.entries().length === 0);
    await world.pass(LEASE_MS + TICK_MS);

    expect(bot.heard.filter((body) => body !== '3')).toEqual(['1', '2', '4']);
    expect(bot.heard).toHaveLength(4);
    expect(bot.errors).toEqual([]);
  });

  it('leaves it to its successor, at the start of it', async () => {
    await postAndKill(await listen({ turn: forever }), text('1'), text('2'));
    await world.pass(LEASE_MS);

    const bot = await listen();
    await until(() => world.server.entries().length === 0);

    expect(bot.heard).toEqual(['1', '2']);
  });

  it('leaves the messages as they were, and says that they come again', async () => {
    const seen: { activity: Partial<Activity>; receipt: Receipt }[] = [];
    const watch = async (turn?: () => unknown) => {
      const process = world.startProcess();
      const bot = await listen({ process, turn });
      bot.adapter.use(async (context, next) => {
        seen.push({ activity: { ...context.activity }, receipt: context.turnState.get(RECEIPT) });
        await next();
      });
      return bot;
    };
    const body = {
      contacts: [{ profile: { name: 'Ann' }, wa_id: '16505551234', user_id: 'US.123' }],
      messages: [message({ type: 'text', text: { body: 'hello 🍕' }, context: { id: 'wamid.x' } })],
    };
    const one = await watch(forever);
    void post(one.url, envelope(body)).catch(() => {});
    await until(() => one.heard.length === 1);
    one.kill();
    await watch();
    await world.pass(LEASE_MS + TICK_MS);
    await until(() => world.server.entries().length === 0);

    const [first, again] = seen;
    expect(seen).toHaveLength(2);
    expect(first?.receipt).toMatchObject({ kept: true });
    expect(again).toEqual({ ...first, receipt: { ...first?.receipt, again: true } });
    expect(seen[0]?.activity.from).toEqual({ id: 'US.123', name: 'Ann', waId: '16505551234' });
  });

  it('leaves what another takes up before what comes meanwhile', async () => {
    await postAndKill(await listen({ turn: forever }), text('1'), text('2'));
    await world.pass(LEASE_MS);
    const gate = createGate();
    const process = world.startProcess((inbox) => ({
      takeOver: async (limit, leaseMs) => {
        await gate.opened;
        return inbox.takeOver(limit, leaseMs);
      },
    }));
    const bot = await listen({ process });

    const posting = post(bot.url, webhook(text('3'), text('4')));
    await until(() => world.server.entries().length === 4);
    await settle();
    gate.open();
    await posting;

    expect(bot.heard).toEqual(['1', '2', '3', '4']);
  });

  it('does not lose a message while it has it, however long that takes', async () => {
    const [gate, two] = [createGate(), await listen()];
    const one = await listen({
      turn: () => gate.opened,
      options: { turnTimeoutMs: 10 * LEASE_MS },
    });
    const posting = post(one.url, webhook(text('1'), text('2')));
    await until(() => one.heard.length === 1);

    await world.pass(5 * LEASE_MS);
    gate.open();
    await posting;
    await until(() => world.server.entries().length === 0);

    expect([one.heard, two.heard]).toEqual([['1', '2'], []]);
  });

  it('leaves events that somebody listens to, and nothing else', async () => {
    const events = ['message_reaction', 'message_status'];
    const one = await listen({ turn: forever, events });
    const reaction = message({ type: 'reaction', reaction: { emoji: '🍕' } });
    const sticker = message({ type: 'sticker', sticker: {} }, '16505550000');
    const status = { id: 'wamid.1', status: 'read', recipient_id: '16505550001', timestamp: '1' };
    void post(one.url, webhook(reaction, sticker)).catch(() => {});
    void post(one.url, envelope({ statuses: [status] })).catch(() => {});
    await until(() => one.heard.length === 2);
    expect(world.server.entries()).toHaveLength(1);
    one.kill();

    const two = await listen({ events });
    await world.pass(LEASE_MS + TICK_MS);
    await until(() => world.server.entries().length === 0);

    expect(two.heard).toEqual(['message_reaction']);
  });
});

describe('a lease that is lost', () => {
  it('keeps a message from beginning that another process has by now', async () => {
    let isFrozen = false;
    const process = world.startProcess((inbox) => ({
      renew: (ids, leaseMs) => (isFrozen ? forever() : inbox.renew(ids, leaseMs)),
      takeOver: (limit, leaseMs) => (isFrozen ? forever() : inbox.takeOver(limit, leaseMs)),
    }));
    const gate = createGate();
    const one = await listen({
      process,
      turn: () => gate.opened,
      options: { turnTimeoutMs: 10 * LEASE_MS },
    });
    const posting = post(one.url, webhook(text('1'), text('2'), text('3')));
    await until(() => one.heard.length === 1);
    isFrozen = true;
    await world.pass(LEASE_MS);
    const two = await listen({ turn: forever });
    await until(() => two.heard.length === 1);

    isFrozen = false;
    gate.open();
    await posting;

    expect([one.heard, two.heard]).toEqual([['1'], ['1']]);
    await until(() => world.server.entries().length === 2);
  });
});

describe('a message that ends its process', () => {
  /** Starts a process that ends as soon as a turn hears `poison`; others take their time. */
  async function startMortal(): Promise<Listener> {
    const bot: Listener = await listen({
      turn: (body) => {
        if (body === 'poison') bot.kill();
        return body === 'poison' ? forever() : takeTime();
      },
    });
    return bot;
  }

  function takeTime(): Promise<void> {
    return new Promise((resolve) => {
      world.startTimer(resolve, 1000);
    });
  }

  it('is tried five times, and none beside it is given up for that', async () => {
    const process = world.startProcess();
    const first = await listen({ process, turn: forever });
    const crowd = ['a', 'b', 'c', 'd'].map((name, index) => text(name, `1650555000${index}`));
    await postAndKill(first, ...[text('poison'), text('after'), ...crowd]);
    const mortals: Listener[] = [];

    for (let life = 0; life < 7; life += 1) {
      await world.pass(LEASE_MS);
      mortals.push(await startMortal());
      await world.pass(LEASE_MS - 1);
    }
    await until(() => world.server.entries().length === 0);

    const heard = mortals.map((bot) => bot.heard.filter((body) => body === 'poison').length);
    expect(heard).toEqual([1, 1, 1, 1, 0, 0, 0]);
    const last = mortals.slice(1).flatMap((bot) => bot.heard);
    expect([...new Set(last)].sort()).toEqual(['a', 'after', 'b', 'c', 'd', 'poison']);
    expect(mortals[4]?.errors.map(String)).toEqual([
      'Error: A message was given up: 5 processes ended while they had it.',
    ]);
  });
});

describe('a host without Botkit', () => {
  it('opens the inbox when it says so, and closes it', async () => {
    await postAndKill(await listen({ turn: forever }), text('1'));
    await world.pass(LEASE_MS);
    const account = { appSecret: 's', verifyToken: 'v', accessToken: 'a', phoneNumberId: LINE };
    const [closed, open] = [0, 1].map(
      () => new WhatsAppAdapter({ ...account, ...world.startProcess().options }),
    );
    const heard: (string | undefined)[] = [];

    closed?.openInbox(async () => {});
    closed?.closeInbox();
    await world.pass(LEASE_MS);
    open?.openInbox(async ({ activity }) => {
      heard.push(activity.text);
    });
    await until(() => world.server.entries().length === 0);

    expect(heard).toEqual(['1']);
  });
});

describe('what the store sees', () => {
  it('is neither text, number, name nor wamid', async () => {
    const bot = await listen();
    const sent = text('a secret about pizza');
    const contacts = [
      { profile: { name: 'Ann Example' }, wa_id: '16505551234', user_id: 'US.123' },
    ];

    await post(bot.url, envelope({ contacts, messages: [sent] }));
    await until(() => world.server.entries().length === 0);

    const written = world.server.written();
    const bytes = [...written.matchAll(/"payload":"([^"]*)"/g)].map(([, payload = '']) =>
      Buffer.from(payload, 'base64').toString('latin1'),
    );
    expect(bytes).toHaveLength(1);
    for (const secret of ['pizza', '16505551234', 'Ann', 'US.123', 'wamid', sent.id, LINE, KEY]) {
      for (const hiding of [secret, Buffer.from(secret).toString('base64').slice(0, 5)]) {
        expect(written).not.toContain(hiding);
        expect(bytes.join()).not.toContain(hiding);
      }
    }
  });

  it('differs for equal messages, but for who sent them', async () => {
    const bot = await listen({ turn: forever });

    void post(bot.url, webhook(text('same'), text('same'), text('same', '16505550000'))).catch(
      () => {},
    );
    await until(() => world.server.entries().length === 3);

    const count = (of: 'id' | 'sender' | 'payload') =>
      new Set(world.server.entries().map((entry) => entry[of])).size;
    expect([count('id'), count('sender'), count('payload')]).toEqual([3, 2, 3]);
  });
});

describe('the options of an inbox', () => {
  const store = createWorld().server.connect();
  const account = { appSecret: 's', verifyToken: 'v', accessToken: 'a', phoneNumberId: LINE };

  it.each<[string, Partial<WhatsAppAdapterOptions>]>([
    ['inbox.store', { inbox: { key: KEY, store: {} as typeof store } }],
    ['inbox.key', { inbox: { key: '', store } }],
    ['inbox.key', { inbox: { key: new Uint8Array(), store } }],
    ['inbox.timeoutMs', { inbox: { key: KEY, store, timeoutMs: 0 } }],
    ['inbox.leaseMs', { inbox: { key: KEY, store, leaseMs: 500 } }],
    ['ackAfterMs', { inbox: { key: KEY, store }, ackAfterMs: 500 }],
  ])('are checked: %s', (name, options) => {
    const create = () => new WhatsAppAdapter({ ...account, ...options });

    expect(create).toThrow(`\`${name}\``);
    expect(create).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });
});
