'use strict';
const { parseArgs } = require('node:util');
const { planDecline } = require('@turnspan-examples/demo/decline');
const { DAY, HOUR } = require('@turnspan-examples/demo/personas');
const { Random, startGraphApi } = require('@turnspan/testing');
const { ACCOUNT, startBot } = require('./bot');
const { Crowd } = require('./crowd');
const { invite } = require('./customers');

const USAGE = `Usage: node index.js [options]

A pizza bot on a fake WhatsApp, with customers who keep coming. A day of theirs
takes 12 minutes.

  --every MS   time between two customers (default 2500)
  --pace N     how many times faster than ours their days pass (default 120)
  --host HOST  where /metrics listens (default 127.0.0.1)
  --port N     port of /metrics (default 9464)
  --help       this text`;

const OPTIONS = {
  every: { type: 'string', default: '2500' },
  pace: { type: 'string', default: '120' },
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '9464' },
  help: { type: 'boolean', default: false },
};

async function main() {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return console.log(USAGE);
  const [every, pace, port] = ['every', 'pace', 'port'].map((name) => toNumber(name, values));
  shortenErrors();
  const start = Date.now();
  const random = new Random(start);
  const { appSecret, phoneNumberId: line } = ACCOUNT;
  const latencyMs = () => latency(random, ((Date.now() - start) * pace) / HOUR);
  const graph = await startGraphApi({ appSecret, phoneNumberIds: [line], latencyMs });
  const bot = await startBot({ graph, pace, host: values.host, port });
  const crowd = new Crowd({ graph, random, webhookUrl: bot.webhookUrl, line, pace, start });
  invite({ crowd, bot, random, everyMs: every * pace });
  planQuality({ crowd, bot, graph, line });
  const address = await bot.plugin.metricsAddress();
  console.log(`Metrics: http://${address.host}:${address.port}/metrics`);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => stop({ crowd, bot, graph }));
  }
}

function toNumber(name, values) {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= 0) return number;
  console.error(`Expected --${name} to be a whole number, got "${values[name]}".\n\n${USAGE}`);
  return process.exit(2);
}

/** Some messages are refused on purpose, and Botkit logs each of them on forty lines. */
function shortenErrors() {
  const { error } = console;
  console.error = (first) => error(String(first?.message ?? first).split('\n')[0]);
}

/** They come from eight in the morning on; at dinner the Graph API is slower. */
function latency(random, hours) {
  const hour = (8 + hours) % 24;
  return hour >= 19 && hour < 21 ? random.between(600, 2_400) : random.between(80, 400);
}

/** The rating falls in the first three days, as in the demo, and is good again after four. */
function planQuality({ crowd, bot, graph, line }) {
  const { start, ledger } = crowd;
  const { plugin, businessAccountId: account } = bot;
  const endpoint = { channel: 'whatsapp', line };
  planDecline({ simulation: crowd, graph, ledger, start, endpoint, account });
  crowd.every(HOUR, () => plugin.poll());
  const recover = () => graph.business.setPhone(line, { rating: 'GREEN', status: 'CONNECTED' });
  crowd.at(start + 4 * DAY, recover);
}

async function stop({ crowd, bot, graph }) {
  crowd.close();
  await bot.close();
  await graph.close();
  console.log(`${crowd.told} tales were told, ${crowd.broken} were not true.`);
  process.exit();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
