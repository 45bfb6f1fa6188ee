'use strict';
const { once } = require('node:events');
const { Botkit } = require('botkit');
const { WhatsAppAdapter } = require('@turnspan/botkit-whatsapp');
const { addConversations } = require('@turnspan-examples/bot/conversations');
const { turnspan } = require('turnspan');
const { EDITIONS } = require('./editions');
const { fetchPlainly } = require('./fetch');
const { PRIVACY_KEY } = require('./lots');

/**
 * Starts the pizza bot as one of several processes that share the bot's storage and Turnspan's
 * store: its own controller, web server, adapter and plugin.
 */
async function startBot({ account, graph, clock, storage, store, ...options }) {
  const { edition = EDITIONS.reworded, ...settings } = options;
  const timers = new Set();
  const adapter = new WhatsAppAdapter({
    ...account,
    baseUrl: graph.url,
    fetch: fetchPlainly,
    clock,
    // In virtual time nobody runs out of patience, unless the play wants it.
    startTimer: (run) => {
      timers.add(run);
      return () => timers.delete(run);
    },
    onError: () => {},
  });
  process.env.PORT = '0';
  const controller = new Botkit({
    adapter,
    storage,
    webhook_uri: '/webhook',
    disable_console: true,
  });
  const plugin = turnspan({
    now: clock.now,
    tick: clock.tick,
    privacy: { key: PRIVACY_KEY },
    // Weeks of virtual time have nothing to do in the data of a real one.
    data: false,
    store,
    ...settings,
    // The simulation sweeps in its own time.
    sweepIntervalMs: 24 * 60 * 60 * 1000,
    flows: {
      order: { goal: 'placed' },
      menu: { menu: 'choice' },
      coupon: { dropAfterMs: 6 * 60 * 60 * 1000 },
    },
  });
  controller.usePlugin(plugin);
  addConversations(controller, edition.createAddress(plugin));
  // A machine that is busy for a while is no reason to hang up on Meta.
  controller.http.keepAliveTimeout = 60_000;
  if (!controller.http.listening) await once(controller.http, 'listening');
  return {
    controller,
    plugin,
    webhookUrl: `http://127.0.0.1:${controller.http.address().port}/webhook`,
    /** All timers of the adapter run out: turns that have not ended by now are given up. */
    losePatience() {
      for (const run of [...timers]) run();
      timers.clear();
    },
    /** Writes to a customer first; `speak` is what the bot then does. */
    async begin(phone, speak) {
      const bot = await controller.spawn();
      await bot.startConversationWithUser(phone);
      await speak(bot);
    },
    async close() {
      await plugin.shutdown();
      controller.http.closeAllConnections();
      await controller.shutdown();
    },
  };
}

module.exports = { startBot };
