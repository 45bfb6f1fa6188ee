'use strict';
const { once } = require('node:events');
const { MemoryStorage } = require('botbuilder-core');
const { Botkit } = require('botkit');
const { WhatsAppAdapter } = require('@turnspan/botkit-whatsapp');
const { addConversations } = require('@turnspan-examples/bot/conversations');
const { turnspan } = require('turnspan');

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What the pizza bot and the fake of Meta agree on. */
const ACCOUNT = {
  appSecret: 'a secret that Meta and the bot share',
  verifyToken: 'a word agreed with Meta',
  accessToken: 'test-access-token',
  phoneNumberId: '106540352242922',
};
/** A template message, which the business may send to whoever has not opted out. */
const PROMOTION = {
  type: 'message',
  channelData: { template: { name: 'order_ready', language: { code: 'en_US' } } },
};

/** Starts the pizza bot with Turnspan. Its days are shorter, so silence counts sooner. */
async function startBot({ graph, pace, host, port }) {
  const { businessAccountId } = graph.line(ACCOUNT.phoneNumberId);
  process.env.PORT = '0';
  const controller = new Botkit({
    adapter: new WhatsAppAdapter({
      ...ACCOUNT,
      baseUrl: graph.url,
      // A customer writes again only when the bot is done with what came before.
      ackAfterMs: MINUTE,
      onError: () => {},
    }),
    storage: new MemoryStorage(),
    webhook_uri: '/webhook',
    disable_console: true,
  });
  const plugin = turnspan({
    data: false,
    metrics: { host, port },
    whatsapp: { accessToken: ACCOUNT.accessToken, businessAccountId, baseUrl: graph.url },
    stallAfterMs: (30 * MINUTE) / pace,
    dropAfterMs: (24 * HOUR) / pace,
    sweepIntervalMs: 2_000,
    flows: {
      order: { goal: 'placed' },
      menu: { menu: 'choice' },
      coupon: { dropAfterMs: (6 * HOUR) / pace },
    },
  });
  controller.usePlugin(plugin);
  addConversations(controller);
  if (!controller.http.listening) await once(controller.http, 'listening');
  const begin = async (phone, speak) => {
    const bot = await controller.spawn();
    await bot.startConversationWithUser(phone);
    await speak(bot);
  };
  return {
    plugin,
    businessAccountId,
    webhookUrl: `http://127.0.0.1:${controller.http.address().port}/webhook`,
    askForFeedback: (phone) => begin(phone, (bot) => bot.beginDialog('feedback')),
    promote: (phone) => begin(phone, (bot) => bot.say(PROMOTION)),
    agentSays: (phone, text) => begin(phone, (bot) => bot.say(text)),
    async close() {
      await plugin.shutdown();
      controller.http.closeAllConnections();
      await controller.shutdown();
    },
  };
}

module.exports = { ACCOUNT, startBot };
