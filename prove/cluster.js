'use strict';
const { setTimeout: sleep } = require('node:timers/promises');
const { startBotProcess } = require('./bot/start-bot');
const { startMeta } = require('./bot/pizza-bot');
const { startBalancer } = require('./crowd/balancer');
const { Crowd } = require('./crowd/crowd');
const { load } = require('./load');
const { startRedis } = require('./servers/redis');
const { waitFor } = require('./servers/process');
const { addUp, Random } = load('@turnspan/testing');

const summary =
  'four processes on one Redis, one of them stopped for a minute: their counters add up to the truth';

const PROCESSES = 4;
const SIZES = {
  full: { trafficMs: 60_000, pauseMs: 60_000, dropAfterMs: 90_000, people: 20 },
  // Longer than the 30 seconds for which deadlines are handed out.
  short: { trafficMs: 15_000, pauseMs: 33_000, dropAfterMs: 45_000, people: 8 },
};
const TWICE = 0.05;

async function run({ short, report }) {
  const size = short ? SIZES.short : SIZES.full;
  const [storage, redis] = [await startRedis({ isDurable: false }), await startRedis()];
  const graph = await startMeta();
  const random = new Random(9);
  const balancer = await startBalancer({ isTwice: () => random.next() < TWICE });
  const config = {
    graphUrl: graph.url,
    storageUrl: storage.url,
    redisUrl: redis.url,
    journal: false,
    dropAfterMs: size.dropAfterMs,
    ackAfterMs: 120_000,
  };
  const bots = await Promise.all(
    Array.from({ length: PROCESSES }, () => startBotProcess({ ...config, port: 0 })),
  );
  const gates = bots.map(({ webhookUrl }) => balancer.add(webhookUrl));
  const crowd = new Crowd({ graph, webhookUrl: balancer.url });
  let isOver = false;
  const talking = crowd.talk({ people: size.people, isOver: () => isOver });
  // It is waited for in the end.
  talking.catch(() => {});
  await sleep(size.trafficMs / 2);
  const held = await pause({ bot: bots[1], open: gates[1], ms: size.pauseMs, report });
  await sleep(size.trafficMs / 2);
  isOver = true;
  await talking;
  report.figure('processes', PROCESSES, 'processes');
  report.figure('customers', crowd.size, 'people');
  report.figure('messages_of_the_bots', graph.sent.length, 'messages');
  report.figure('webhooks_delivered_twice_at_once', balancer.duplicates(), 'webhooks');
  report.figure('stopped_while_holding_deadlines', held, 'times');
  report.figure('silent_people', crowd.silent, 'people');
  crowd.dropSilent();
  await everybodyDropped(bots, size.dropAfterMs, report);
  const expositions = await Promise.all(bots.map((bot) => bot.ask('metrics')));
  const isRight = report.ledger('cluster', crowd.check(expositions));
  await tellNoise(bots, report, isRight);
  await Promise.all(bots.map((bot) => bot.kill()));
  balancer.close();
  await graph.close();
  await Promise.all([storage.stop(), redis.stop()]);
}

/** Stops a process at the moment that deadlines were handed out to it, and lets it go on much later. */
async function pause({ bot, open, ms, report }) {
  await bot.ask('stopWhenHolding');
  await bot.stopped();
  open(false);
  report.progress('one process is stopped');
  await sleep(ms);
  bot.signal('SIGCONT');
  open(true);
  return 1;
}

/** Waits until nobody waits any more. */
async function everybodyDropped(bots, dropAfterMs, report) {
  const timeoutMs = dropAfterMs + 60_000;
  await waitFor(
    async () => {
      const waiting = addUp([await bots[0].ask('metrics')])
        .filter(({ name }) => name === 'conversation_waiting')
        .reduce((sum, { value }) => sum + value, 0);
      report.progress(`${waiting} people still wait`);
      return waiting === 0;
    },
    { what: 'the end of all silence', timeoutMs },
  );
  // The others may still be settling what they have taken.
  await Promise.all(bots.map((bot) => bot.ask('sweep')));
}

/** A process that was stopped may find a call of the store too old; that alone is nothing wrong. */
async function tellNoise(bots, report, isRight) {
  const noise = (await Promise.all(bots.map((bot) => bot.ask('noise')))).flat();
  report.figure('contained_errors', noise.length, 'errors');
  if (isRight) return;
  for (const text of noise.slice(0, 3)) report.holds(false, `Something failed: ${text}`);
}

module.exports = { run, summary };
