import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { MemoryStorage } from 'botbuilder-core';
import { Botkit } from 'botkit';
import { WhatsAppAdapter } from '../../../packages/botkit-whatsapp/src';
import type { Customer, GraphApi } from '../../../packages/testing/src';
import type { TurnspanPlugin } from '../../../packages/turnspan/src';
import { ACCOUNT, startMeta } from './pizzeria';

const { addConversations }: { readonly addConversations: (controller: Botkit) => void } =
  require('../../../examples/bot/conversations');

/** The pizza bot in this process, with a fake of Meta. */
export interface PizzaBot {
  readonly graph: GraphApi;
  readonly controller: Botkit;
  close(): Promise<void>;
}

/** Starts the pizza bot, with Turnspan if it is given one; `customer` is behind every recipient. */
export async function startPizzaBot({
  plugin,
  customer,
}: {
  readonly plugin?: TurnspanPlugin;
  readonly customer?: Customer;
} = {}): Promise<PizzaBot> {
  const graph = await startMeta(customer);
  process.env.PORT = '0';
  const controller = new Botkit({
    adapter: new WhatsAppAdapter({ ...ACCOUNT, baseUrl: graph.url, onError: () => {} }),
    webhook_uri: '/webhook',
    storage: new MemoryStorage(),
    disable_console: true,
  });
  if (plugin) controller.usePlugin(plugin);
  addConversations(controller);
  if (!controller.http.listening) await once(controller.http, 'listening');
  const { port } = controller.http.address() as AddressInfo;
  graph.setWebhookUrl(`http://127.0.0.1:${port}/webhook`);
  return {
    graph,
    controller,
    close: async () => {
      await plugin?.shutdown();
      controller.http.closeAllConnections();
      await controller.shutdown();
      await graph.close();
    },
  };
}
