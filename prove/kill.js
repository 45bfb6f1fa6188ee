'use strict';
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { startMeta } = require('./bot/pizza-bot');
const { startBotProcess } = require('./bot/start-bot');
const { Guests } = require('./crowd/guests');
const { load } = require('./load');
const { findFreePort, makeFolder, waitFor } = require('./servers/process');
const { startRedis } = require('./servers/redis');
const { addUp, Random } = load('@turnspan/testing');

const summary = 'the process is killed again and again: no message is lost, and nobody who waits';

const SIZES = {
  full: { rounds: 100, people: 12, dropAfterMs: 15 * 60_000 },
  short: { rounds: 8, people: 6, dropAfterMs: 60_000 },
};
/** A process lives long enough to take up what the one before it left, or not. */
const LIFE_MS = { least: 300, most: 5_000 };
const INBOX = { timeoutMs: 1_000, leaseMs: 2_000 };

async function run({ short, report }) {
  const size = short ? SIZES.short : SIZES.full;
  const { folder, remove } = makeFolder();
  const storage = await startRedis();
  const graph = await startMeta();
  const port = await findFreePort();
  const config = {
    graphUrl: graph.url,
    storageUrl: storage.url,
    store: { sqlite: join(folder, 'store.db') },
    journal: false,
    dropAfterMs: size.dropAfterMs,
    couponDropAfterMs: size.dropAfterMs,
    inbox: INBOX,
    port,
  };
  const random = new Random(17);
  const guests = new Guests({ graph, webhookUrl: `http://127.0.0.1:${port}/webhook`, random });
  const visiting = guests.visit(size.people);
  const from = Date.now();
  for (let round = 1; round <= size.rounds; round += 1) {
    report.progress(`round ${round} of ${size.rounds}`);
    const bot = await startBotProcess(config);
    await sleep(random.between(LIFE_MS.least, LIFE_MS.most));
    await bot.kill();
  }
  const bot = await startBotProcess(config);
  const isInTime = Date.now() - from < size.dropAfterMs;
  report.holds(isInTime, 'This machine is too slow: deadlines passed while processes were killed.');
  guests.leave();
  await visiting;
  // What was left behind by a process that died is taken up within its lease.
  await sleep(2 * INBOX.leaseMs);
  guests.close();
  const dropped = await countDrops({ bot, guests, dropAfterMs: size.dropAfterMs, report });
  tell({ guests, dropped, rounds: size.rounds }, report);
  await bot.kill();
  await graph.close();
  await storage.stop();
  remove();
}

/** All deadlines pass after the last kill, so that the last process counts every drop there is. */
async function countDrops({ bot, guests, dropAfterMs, report }) {
  const read = async (name, outcome) =>
    addUp([await bot.ask('metrics')])
      .filter((sample) => sample.name === name && (!outcome || sample.labels.outcome === outcome))
      .reduce((sum, { value }) => sum + value, 0);
  await waitFor(
    async () => {
      const waiting = await read('conversation_waiting');
      report.progress(`${waiting} of ${guests.silent} people still wait`);
      return waiting === 0;
    },
    { what: 'the end of all silence', timeoutMs: dropAfterMs + 60_000 },
  );
  return read('conversation_journeys_ended_total', 'dropped');
}

function tell({ guests, dropped, rounds }, report) {
  const { messages, lost, repeated, silent, asked } = guests;
  report.figure('kills', rounds, 'kills');
  report.figure('messages', messages, 'messages');
  report.figure('messages_lost', lost, 'messages');
  report.figure('messages_handled_twice', repeated, 'messages');
  report.figure('webhooks_posted_again', guests.retries, 'webhooks');
  report.figure('silent_people', silent, 'people');
  report.figure('people_dropped', dropped, 'people');
  report.holds(messages > rounds, 'Hardly anybody wrote.');
  report.holds(lost === 0, `${lost} messages never got an answer.`);
  report.holds(dropped >= silent, `${silent} people were silent, only ${dropped} were dropped.`);
  // A question may be asked a second time by the process after the one that was killed.
  const most = `${silent} people were silent, asked ${asked} times, and ${dropped} were dropped.`;
  report.holds(dropped <= asked, most);
}

module.exports = { run, summary };
