import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WhatsAppAdapter } from '@turnspan/botkit-whatsapp';
import { type GraphApi, SAMPLE_LINE, startGraphApi, textMessage } from '@turnspan/testing';
import { MemoryStorage } from 'botbuilder-core';
import { Botkit, BotkitConversation } from 'botkit';

const ACCOUNT = {
  appSecret: 'an app secret',
  verifyToken: 'agreed',
  accessToken: 'test-access-token',
  phoneNumberId: SAMPLE_LINE.phoneNumberId,
};

/** The person who writes to the bots of these tests. */
export const ANNA = { phone: '16505551234', name: 'Anna' } as const;

/** A real Botkit bot on WhatsApp, with a Graph API of its own. */
export interface Bot {
  readonly controller: Botkit;
  readonly graph: GraphApi;
  /** Where its web server is. */
  readonly url: string;
  /** Anna writes, and the bot has dealt with it. */
  says(text: string): Promise<void>;
  /** What the bot has answered. */
  answers(): readonly unknown[];
}

const closing: (() => unknown)[] = [];

/** Ends, after each test of a file, whatever it began; what came last is ended first. */
export function endAfterEach(): (end: () => unknown) => void {
  afterEach(async () => {
    for (const end of closing.splice(0).reverse()) await end();
  });
  return (end) => closing.push(end);
}

/** Starts a bot with a flow `order` of two questions; it is ended after the test, but its storage is yours. */
export async function startBot(storage: MemoryStorage = new MemoryStorage()): Promise<Bot> {
  const { appSecret, phoneNumberId } = ACCOUNT;
  const graph = await startGraphApi({ appSecret, phoneNumberIds: [phoneNumberId] });
  process.env.PORT = '0';
  const controller = new Botkit({
    adapter: new WhatsAppAdapter({ ...ACCOUNT, baseUrl: graph.url }),
    webhook_uri: '/webhook',
    storage,
    disable_console: true,
  });
  closing.push(async () => {
    controller.http.closeAllConnections();
    await controller.shutdown();
    await graph.close();
  });
  addOrder(controller);
  if (!controller.http.listening) await once(controller.http, 'listening');
  const url = `http://127.0.0.1:${(controller.http.address() as AddressInfo).port}`;
  graph.setWebhookUrl(`${url}/webhook`);
  let messages = 0;
  return {
    controller,
    graph,
    url,
    says: async (text) => {
      messages += 1;
      const incoming = { from: ANNA, at: Date.now(), id: `wamid.${messages}` };
      expect(await graph.postWebhook(textMessage(incoming, text))).toBe(200);
    },
    answers: () => graph.sent.map(({ body }) => (body.text as { readonly body: string }).body),
  };
}

function addOrder(controller: Botkit): void {
  const order = new BotkitConversation('order', controller);
  order.ask('Which size?', [], 'size');
  order.ask('Which street?', [], 'street');
  order.say({ id: 'thanks', text: ['Thanks.'] } as object);
  controller.addDialog(order);
  controller.hears('order', 'message', (bot) => bot.beginDialog('order'));
}
