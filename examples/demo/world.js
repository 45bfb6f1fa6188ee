'use strict';
const { once } = require('node:events');
const { setImmediate } = require('node:timers/promises');
const { MemoryStorage } = require('botbuilder-core');
const { MemoryStore } = require('@turnspan/core');
const { TEXTS } = require('@turnspan-examples/bot/conversations');
const {
  Ledger,
  Random,
  Simulation,
  startGraphApi,
  textOf,
  VirtualClock,
} = require('@turnspan/testing');
const { startBot } = require('./bot-process');
const { EDITIONS } = require('./editions');
const { DAY, HOUR, MINUTE, OPENING, SECOND } = require('./phases');
const { createRecord } = require('./verdict');

const ACCOUNT = {
  appSecret: 'a secret that Meta and the bot share',
  verifyToken: 'a word agreed with Meta',
  accessToken: 'test-access-token',
  phoneNumberId: '106540352242922',
};
const HINT = 'By the way: Tuesdays are two for one.';
/** A template message, which the business may send to whoever has not opted out. */
const PROMOTION = {
  type: 'message',
  channelData: { template: { name: 'order_ready', language: { code: 'en_US' } } },
};
/** What asks nothing may fail on its way without changing how the customer's tale goes on. */
const MAY_FAIL = new Set([TEXTS['order/hello'], TEXTS['order/placed'], TEXTS['address/noted']]);

/**
 * Builds the world of the demo: a fake Graph API, two processes of the bot that share the bot's
 * storage and Turnspan's store, and a simulation of their customers, all in virtual time. With a
 * history both tell it what happens.
 */
async function buildWorld({ seed, metrics, openHistory }) {
  const clock = new VirtualClock(OPENING);
  const history = openHistory?.(clock);
  const random = new Random(seed);
  const ledger = new Ledger();
  const { appSecret, phoneNumberId } = ACCOUNT;
  let simulation;
  const graph = await startGraphApi({
    appSecret,
    phoneNumberIds: [phoneNumberId],
    clock,
    delay: async (ms) => clock.advance(ms),
    latencyMs: () => latency(random, clock.time),
    statuses: (message) => simulation.deliver(message),
    statusesPerWebhook: 20,
  });
  const record = createRecord();
  const observers = [record.observe, ...(history ? [history.observe] : [])];
  const { businessAccountId } = graph.line(phoneNumberId);
  const shared = {
    account: ACCOUNT,
    graph,
    clock,
    storage: new MemoryStorage(),
    store: new MemoryStore('demo'),
  };
  const changes = [];
  const settings = {
    A: {
      metrics,
      whatsapp: { accessToken: ACCOUNT.accessToken, businessAccountId, baseUrl: graph.url },
      observers: [...observers, (event) => noteChange(changes, event)],
    },
    B: { observers, metrics: { port: 0 } },
  };
  let edition = EDITIONS.earlier;
  const start = (name) => startBot({ ...shared, ...settings[name], edition });
  const bots = { A: await start('A'), B: await start('B') };
  const webhooks = { A: bots.A.webhookUrl, B: bots.B.webhookUrl };
  const endpoint = { channel: 'whatsapp', line: phoneNumberId };
  const stage = { clock, graph, ledger, random, endpoint, webhooks };
  const dropAfterMs = (flow) => (flow === 'coupon' ? 6 * HOUR : DAY);
  const texts = { ...edition.texts, 'feedback/hint': HINT };
  simulation = new Simulation({
    stage,
    texts,
    dropAfterMs,
    statuses: (message) => planStatuses(random, textOf(message)),
  });
  /** What processes had counted before they were started anew: Prometheus would have it. */
  const before = [];
  let edited = false;
  const restart = async (name) => {
    before.push(withoutGauges(await bots[name].plugin.metrics()));
    await bots[name].close();
    bots[name] = await start(name);
    webhooks[name] = bots[name].webhookUrl;
    if (edited) addHint(bots[name]);
  };
  return {
    clock,
    random,
    ledger,
    simulation,
    graph,
    bots,
    record,
    texts,
    journalFile: history?.file,
    endpoint,
    account: businessAccountId,
    /** How Meta's opinion changed, as process A learned it. */
    changes,
    async poll() {
      await bots.A.plugin.poll();
      await history?.look(clock.time);
    },
    /** Shows the history in a console, with the texts of the bot. */
    async show() {
      await history.close();
      const options = { journal: { file: history.file }, console: { port: 0 } };
      bots.C = await startBot({ ...shared, ...options, edition, metrics: false });
      return bots.C.plugin.consoleAddress();
    },
    isFlowEdited: () => edited,
    sweep: () => Promise.all([bots.A.plugin.sweep(), bots.B.plugin.sweep()]),
    askForFeedback: (phone) => bots.A.begin(phone, (bot) => bot.beginDialog('feedback')),
    promote: (phone) => bots.A.begin(phone, (bot) => bot.say(PROMOTION)),
    agentSays: (phone, text) => bots.A.begin(phone, (bot) => bot.say(text)),
    /** Waits until the bot has thrown, after which Botkit never ends the turn, and gives the turn up. */
    async giveUp() {
      await once(process, 'unhandledRejection');
      await setImmediate();
      bots.A.losePatience();
    },
    /** Stops process B and starts it anew: only the bot's storage and the store survive. */
    restartB: () => restart('B'),
    /** Starts every process anew, with another edition of the bot. */
    async deploy(name) {
      edition = EDITIONS[name];
      Object.assign(texts, edition.texts);
      await restart('B');
      await restart('A');
    },
    /** Adds a line to a flow while customers are in the middle of it, as a CMS does. */
    editFlow() {
      for (const bot of Object.values(bots)) addHint(bot);
      edited = true;
    },
    /** What Prometheus would scrape from all processes, past ones included. */
    async expositions() {
      const [a, b] = [await bots.A.plugin.metrics(), await bots.B.plugin.metrics()];
      return [a, withoutGauges(b), ...before];
    },
    async close() {
      await Promise.all(Object.values(bots).map((bot) => bot.close()));
      await graph.close();
    },
  };
}

/** Learns how Meta's opinion changed; a process that was started anew learns it once more. */
function noteChange(changes, { kind, change }) {
  if (kind !== 'quality_changed') return;
  const isSame = (known) =>
    known.subject.id === change.subject.id && known.attribute === change.attribute;
  if (changes.findLast(isSame)?.value !== change.value) changes.push(change);
}

function addHint({ controller }) {
  const feedback = controller.dialogSet.find('feedback');
  const lines = [...feedback.script.default, { id: 'hint', text: HINT }];
  feedback.script = { ...feedback.script, default: lines };
}

/** A gauge tells of now: the process that runs is enough. */
function withoutGauges(exposition) {
  const gauges = new Set(
    [...exposition.matchAll(/^# TYPE (\S+) gauge$/gm)].map(([, name]) => name),
  );
  return exposition
    .split('\n')
    .filter((line) => !gauges.has(/^\w+/.exec(line)?.[0]))
    .join('\n');
}

/** The Graph API is slower when everybody orders dinner. */
function latency(random, time) {
  const hour = new Date(time).getUTCHours();
  const isPeak = hour >= 19 && hour < 21;
  return isPeak ? random.between(600, 2_400) : random.between(80, 400);
}

/** Most messages are sent, delivered and read; webhooks of statuses come late, twice and out of order. */
function planStatuses(random, text) {
  const sent = { status: 'sent', afterMs: random.between(200, 900) };
  const delivered = { status: 'delivered', afterMs: random.between(1_000, 4_000) };
  const read = { status: 'read', afterMs: random.between(5_000, 10 * MINUTE) };
  if (MAY_FAIL.has(text) && random.next() < 0.08)
    return [sent, { status: 'failed', afterMs: 3 * SECOND, code: 131049 }];
  if (random.next() < 0.1)
    return [
      { ...sent, arrivesAfterMs: read.afterMs + SECOND },
      { ...read, copies: 2 },
    ];
  return random.next() < 0.8 ? [sent, delivered, read] : [sent, delivered];
}

module.exports = { buildWorld };
