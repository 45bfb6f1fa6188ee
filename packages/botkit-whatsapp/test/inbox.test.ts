import type { WhatsAppAdapterOptions } from '../src';
import { type Bot, createGate, post, startBot, text, webhook } from './harness';
import { createWorld, type Process, until, type World } from './support/world';

const LEASE_MS = 30_000;
const TICK_MS = 10_000;

let world: World;
let bots: Bot[];

beforeEach(() => {
  world = createWorld();
  bots = [];
});

afterEach(() => Promise.all(bots.map((bot) => bot.close())));

/** A bot in a process of its own, and what it has heard. */
interface Listener extends Bot {
  readonly heard: string[];
  /** Ends the process without a word to anybody. */
  kill(): void;
}

interface Listening {
  readonly process?: Process;
  readonly options?: Partial<WhatsAppAdapterOptions>;
  /** What a turn does besides hearing. */
  readonly turn?: (text: string) => unknown;
}

async function listen({ process, options, turn }: Listening = {}): Promise<Listener> {
  const { options: own, kill } = process ?? world.startProcess();
  const heard: string[] = [];
  const bot = await startBot({ ...own, ...options }, {}, (controller) => {
    controller.on('message', async (_worker, said) => {
      heard.push(said.text ?? '');
      await turn?.(said.text ?? '');
    });
  });
  bots.push(bot);
  return { ...bot, heard, kill };
}

/** A turn that does not end by itself. */
const forever = () => new Promise(() => {});

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
    const [withInbox, without] = await Promise.all([
      listen(),
      listen({ options: { inbox: undefined } }),
    ]);
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
    const one = await listen({ turn: forever });
    const first = text('1');
    const posting = post(one.url, webhook(first, text('2'), text('3', '16505550000')));
    await until(() => one.heard.length === 2);
    await world.pass(3000);
    expect(await posting).toBe(200);
    one.kill();

    const two = await listen();
    await post(two.url, webhook(first));
    await world.pass(LEASE_MS + TICK_MS);
    await until(() => world.server.entries().length === 0);
    await world.pass(LEASE_MS + TICK_MS);

    expect(two.heard.filter((body) => body !== '3')).toEqual(['1', '2']);
    expect(two.heard).toContain('3');
    expect(two.heard).toHaveLength(3);
    expect(two.errors).toEqual([]);
  });
});
