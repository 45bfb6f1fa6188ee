'use strict';
const { once } = require('node:events');
const { addConversations } = require('../../examples/bot/conversations');
const { load } = require('../load');
const { keepLedger } = require('./ledger');
const { startGraphApi, SAMPLE_LINE } = load('@turnspan/testing');
const { WhatsAppAdapter } = load('@turnspan/botkit-whatsapp');
const { MemoryStorage } = load('botbuilder-core');
const { Botkit } = load('botkit');

/** What the pizza bot and the fake of Meta agree on. */
const ACCOUNT = {
  appSecret: 'a secret that Meta and the bot share',
  verifyToken: 'a word agreed with Meta',
  accessToken: 'test-access-token',
  phoneNumberId: SAMPLE_LINE.phoneNumberId,
};

/** Starts a fake of Meta for the pizza bot. */
function startMeta(options = {}) {
  const { appSecret, phoneNumberId } = ACCOUNT;
  return startGraphApi({ appSecret, phoneNumberIds: [phoneNumberId], ...options });
}

/** Starts the pizza bot in this process, with Turnspan if it is given a plugin. */
async function startPizzaBot({
  graph,
  plugin,
  port = 0,
  storage = new MemoryStorage(),
  adapter,
  ledger,
}) {
  process.env.PORT = String(port);
  const controller = new Botkit({
    adapter: new WhatsAppAdapter({ ...ACCOUNT, baseUrl: graph.url, onError: () => {}, ...adapter }),
    webhook_uri: '/webhook',
    storage,
    disable_console: true,
  });
  if (ledger) keepLedger(controller);
  if (plugin) controller.usePlugin(plugin);
  addConversations(controller);
  if (!controller.http.listening) await once(controller.http, 'listening');
  return {
    webhookUrl: `http://127.0.0.1:${controller.http.address().port}/webhook`,
    async close() {
      await plugin?.shutdown();
      controller.http.closeAllConnections();
      await controller.shutdown();
    },
  };
}

/** The conversations alone, in a bot that talks with nobody. */
function createScripts() {
  const adapter = new WhatsAppAdapter({ ...ACCOUNT, onError: () => {} });
  const controller = new Botkit({ adapter, disable_webserver: true, disable_console: true });
  addConversations(controller);
  return controller;
}

module.exports = { ACCOUNT, createScripts, startMeta, startPizzaBot };
