import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Actor,
  type GraphApi,
  Ledger,
  Random,
  SAMPLE_LINE,
  Simulation,
  startGraphApi,
  VirtualClock,
} from '../src';

const MONDAY = Date.UTC(2026, 0, 5, 9);
const MINUTE = 60_000;
const LINE = SAMPLE_LINE.phoneNumberId;
const ANNA = { phone: '16505551234', name: 'Anna' };
const BERT = { phone: '16505555678', name: 'Bert' };

let graph: GraphApi;
let bot: Server;
let simulation: Simulation;
let clock: VirtualClock;
let ledger: Ledger;

/** The smallest bot there is: whoever writes is asked for a size. */
beforeEach(async () => {
  clock = new VirtualClock(MONDAY);
  ledger = new Ledger();
  graph = await startGraphApi({
    appSecret: 'secret',
    phoneNumberIds: [LINE],
    clock,
    delay: async (ms) => clock.advance(ms),
    latencyMs: 200,
    statuses: (message) => simulation.deliver(message),
  });
  bot = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const [message] = JSON.parse(body).entry[0].changes[0].value.messages ?? [];
    if (message) await ask(message.from);
    response.end();
  });
  await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
  simulation = new Simulation({
    stage: {
      clock,
      graph,
      ledger,
      random: new Random(1),
      endpoint: { channel: 'whatsapp', line: LINE },
      webhooks: { A: `http://127.0.0.1:${(bot.address() as AddressInfo).port}/` },
    },
    texts: { 'order/size': 'Which size?' },
    statuses: () => [{ status: 'delivered', afterMs: 1000, copies: 2 }],
  });
});
afterEach(async () => {
  bot.closeAllConnections();
  bot.close();
  await graph.close();
});

async function ask(to: string): Promise<void> {
  await fetch(`${graph.url}/v26.0/${LINE}/messages`, {
    method: 'POST',
    headers: { authorization: 'Bearer test-access-token', 'content-type': 'application/json' },
    body: JSON.stringify({
      messaging_product: 'whatsapp',
      to,
      type: 'text',
      text: { body: 'Which size?' },
    }),
  });
}

async function* orders(me: Actor): AsyncGenerator<number, void> {
  await me.says('order');
  me.diary.begins('order', 'user');
  me.diary.asks('size');
  yield 40 * MINUTE;
}

describe('a simulation', () => {
  it('plays its customers in virtual time, in order, and enters what came of it', async () => {
    const times: number[] = [];
    simulation.add(BERT, orders, MONDAY + 5 * MINUTE);
    simulation.add(ANNA, orders, MONDAY + MINUTE);

    await simulation.play((time) => times.push((time - MONDAY) / MINUTE));
    simulation.close();

    expect(graph.sent.map(({ to }) => to)).toEqual([ANNA.phone, BERT.phone]);
    expect(times.map(Math.floor)).toEqual([1, 5, 41, 45]);
    expect(simulation.playing).toBe(0);
    const size = { flow: 'order', node: 'size' };
    expect(ledger.total('conversation_node_entries_total', size)).toBe(2);
    expect(ledger.total('conversation_waiting', size)).toBe(2);
    expect(ledger.total('conversation_stalled', size)).toBe(2);
    expect(ledger.total('conversation_unanswered')).toBe(0);
    expect(ledger.total('whatsapp_messages_total', { status: 'delivered' })).toBe(2);
    expect(ledger.total('whatsapp_webhook_events_total', { result: 'applied' })).toBe(4);
    expect(ledger.total('whatsapp_webhook_events_total', { result: 'duplicate' })).toBe(2);
  });

  it('does what is to be done at a time, and again and again while somebody is played', async () => {
    const done: string[] = [];
    simulation.add(ANNA, orders, MONDAY);
    simulation.at(MONDAY + 15 * MINUTE, () => done.push('once'));
    simulation.every(10 * MINUTE, () => done.push('again'));

    await simulation.play();

    expect(done).toEqual(['again', 'once', 'again', 'again', 'again', 'again']);
  });

  it('ends at a tale that is not true', async () => {
    simulation.add(
      ANNA,
      async function* (me) {
        await me.says('order');
        yield MINUTE;
      },
      MONDAY,
    );

    await expect(simulation.play()).rejects.toThrow('Nobody told of the message "Which size?".');
  });

  it('ends at a bot that does not take a webhook', async () => {
    bot.removeAllListeners('request').on('request', (_, response) => {
      response.writeHead(500).end();
    });
    simulation.add(ANNA, orders, MONDAY);

    await expect(simulation.play()).rejects.toThrow('The bot answered a webhook with 500.');
  });

  it.each([
    ['refuses what a customer should not get', (me: Actor) => me.refuses('Which', 131_026), [0, 1]],
    ['refuses nothing else', (me: Actor) => me.refuses('Thanks', 131_026), [1, 0]],
  ])('%s', async (_, prepare, counts) => {
    simulation.add(
      ANNA,
      async function* (me) {
        prepare(me);
        await me.says('order');
        me.phone.inbox.splice(0);
        yield MINUTE;
      },
      MONDAY,
    );

    await simulation.play();

    expect([graph.sent.length, graph.refused.length]).toEqual(counts);
  });
});
