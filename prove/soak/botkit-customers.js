'use strict';
const { startBot } = require('../../examples/demo/bot-process');
const { createPersonas, DAY, HOUR, MINUTE } = require('../../examples/demo/personas');
const { TEXTS } = require('../../examples/bot/conversations');
const { load } = require('../load');
const { MemoryStore } = load('@turnspan/core');
const { addUp, Ledger, Random, Simulation, startGraphApi, VirtualClock } =
  load('@turnspan/testing');
const { MemoryStorage } = load('botbuilder-core');

const ACCOUNT = {
  appSecret: 'a secret that Meta and the bot share',
  verifyToken: 'a word agreed with Meta',
  accessToken: 'test-access-token',
  phoneNumberId: '106540352242922',
};
const START = Date.UTC(2026, 0, 5);

/** Tales of the demo after which a customer can come again as if for the first time. */
const TALES = ['buyer', 'loopsAtDoorCode', 'repeatsItself', 'startsOver', 'duplicated', 'returner'];

/** Metrics whose every exposed series has to be in the ledger. */
const COUNTERS = [
  'conversation_journeys_started_total',
  'conversation_journeys_ended_total',
  'conversation_node_entries_total',
  'conversation_node_exits_total',
  'conversation_node_stalls_total',
  'conversation_node_returns_total',
  'conversation_node_confusions_total',
  'conversation_node_loops_total',
  'conversation_transitions_total',
  'conversation_node_messages_total',
  'whatsapp_messages_total',
  'whatsapp_webhook_events_total',
  'turnspan_contained_errors_total',
];

/** Counts observations and forgets them, so that the ledger itself does not grow. */
class CountingLedger extends Ledger {
  observe(name, labels) {
    this.count(`${name}_count`, labels);
  }
}

/**
 * The customers of the demo against the pizza bot, over signed webhooks and a fake Graph API: each
 * comes again and again, about once a day, until so many turns are over.
 */
async function startBotkitCustomers({ turns, customers }) {
  const clock = new VirtualClock(START);
  const random = new Random(5);
  const ledger = new CountingLedger();
  ledger.know(...COUNTERS);
  const { appSecret, phoneNumberId } = ACCOUNT;
  const graph = await startGraphApi({
    appSecret,
    phoneNumberIds: [phoneNumberId],
    clock,
    delay: async (ms) => clock.advance(ms),
    latencyMs: () => random.between(80, 400),
    statuses: (message) => simulation.deliver(message),
    statusesPerWebhook: 20,
  });
  let played = 0;
  const bot = await startBot({
    account: ACCOUNT,
    graph,
    clock,
    storage: new MemoryStorage(),
    store: new MemoryStore('soak'),
    data: false,
    metrics: { port: 0 },
    observers: [
      ({ kind }) => {
        if (kind === 'turn_started') played += 1;
      },
    ],
  });
  const endpoint = { channel: 'whatsapp', line: phoneNumberId };
  const webhooks = { A: bot.webhookUrl };
  const simulation = new Simulation({
    stage: { clock, graph, ledger, random, endpoint, webhooks },
    texts: TEXTS,
    statuses: () => [
      { status: 'sent', afterMs: 500 },
      { status: 'delivered', afterMs: 2_000 },
    ],
  });
  const chosen = createPersonas({})
    .map(([, tale]) => tale)
    .filter(({ name }) => TALES.includes(name));
  async function* comesAgain(me) {
    while (played < turns) {
      yield* random.pick(chosen)(me);
      yield random.between(2 * HOUR, DAY);
    }
  }
  for (let number = 0; number < customers; number += 1) {
    const customer = { phone: String(34_600_000_000 + number), name: `Customer ${number}` };
    simulation.add(customer, comesAgain, START + random.between(0, DAY));
  }
  return {
    played: () => played,
    /** Plays to the end; `onTick` may do something else every ten minutes of virtual time. */
    async play(onTick) {
      simulation.every(10 * MINUTE, async () => {
        await bot.plugin.sweep();
        forget(graph);
        await onTick();
      });
      await simulation.play();
    },
    async close() {
      await bot.plugin.sweep();
      simulation.close();
      const checks = ledger.check(addUp([await bot.plugin.metrics()]));
      await bot.close();
      await graph.close();
      return checks;
    },
  };
}

/** The fake of Meta keeps all that was sent; its length makes the ids, so that stays. */
function forget(graph) {
  graph.sent.fill(undefined);
}

module.exports = { startBotkitCustomers };
