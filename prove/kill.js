'use strict';
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { createScripts, startMeta } = require('./bot/pizza-bot');
const { KEY, startBotProcess } = require('./bot/start-bot');
const { compare, readJournal, readLedgers } = require('./crowd/bookkeeping');
const { Guests } = require('./crowd/guests');
const { load } = require('./load');
const { findFreePort, makeFolder, waitFor } = require('./servers/process');
const { startRedis } = require('./servers/redis');
const { addUp, Random } = load('@turnspan/testing');
const { createSqliteJournal } = load('@turnspan/store-sqlite');

const summary = 'the process is killed again and again: every visit is settled exactly once';

const SIZES = {
  full: { rounds: 100, people: 12, dropAfterMs: 15 * 60_000 },
  short: { rounds: 8, people: 6, dropAfterMs: 75_000 },
};
/** A process lives long enough to take up what the one before it left, or not. */
const LIFE_MS = { least: 300, most: 5_000 };
const INBOX = { timeoutMs: 1_000, leaseMs: 2_000 };
/** Kills among the drops, and how long a drop that was not written down stays so. */
const LATE = { rounds: 4, lifeMs: 1_500, untoldMs: 35_000 };

async function run({ short, report }) {
  const size = short ? SIZES.short : SIZES.full;
  const { folder, remove } = makeFolder();
  const storage = await startRedis();
  const graph = await startMeta();
  const port = await findFreePort();
  const journal = { file: join(folder, 'journal.db') };
  const config = {
    graphUrl: graph.url,
    storageUrl: storage.url,
    store: { sqlite: join(folder, 'store.db') },
    journal,
    dropAfterMs: size.dropAfterMs,
    inbox: INBOX,
    port,
    ledger: true,
  };
  const random = new Random(17);
  const guests = new Guests({ graph, webhookUrl: `http://127.0.0.1:${port}/webhook`, random });
  const visiting = guests.visit(size.people);
  const from = Date.now();
  await killAgainAndAgain({ config, random, rounds: size.rounds, report });
  const isInTime = Date.now() - from < size.dropAfterMs;
  report.holds(isInTime, 'This machine is too slow: deadlines passed while processes were killed.');
  let bot = await startBotProcess(config);
  guests.leave();
  await visiting;
  // What was left behind by a process that died is taken up within its lease.
  await sleep(3 * INBOX.leaseMs);
  bot = await killWhileDropping({ bot, config, dropAfterMs: size.dropAfterMs, report });
  await bot.ask('shutdown');
  const books = await readBooks(storage.url, journal);
  tell({ guests, ...books, rounds: size.rounds + LATE.rounds }, report);
  await bot.kill();
  await graph.close();
  await storage.stop();
  remove();
}

async function killAgainAndAgain({ config, random, rounds, report }) {
  for (let round = 1; round <= rounds; round += 1) {
    report.progress(`round ${round} of ${rounds}`);
    const bot = await startBotProcess(config);
    await sleep(random.between(LIFE_MS.least, LIFE_MS.most));
    await bot.kill();
  }
}

/** When silence begins to end, processes are killed in the middle of that as well. */
async function killWhileDropping({ bot: first, config, dropAfterMs, report }) {
  const countWaiting = async (bot) =>
    addUp([await bot.ask('metrics')])
      .filter(({ name }) => name === 'conversation_waiting')
      .reduce((sum, { value }) => sum + value, 0);
  let bot = first;
  const silent = await countWaiting(bot);
  report.figure('silent_people', silent, 'people');
  const timeoutMs = dropAfterMs + 60_000;
  const what = 'the end of all silence';
  await waitFor(async () => (await countWaiting(bot)) < silent, { what, timeoutMs });
  for (let round = 1; round <= LATE.rounds; round += 1) {
    await bot.kill();
    bot = await startBotProcess(config);
    await sleep(LATE.lifeMs);
  }
  await waitFor(async () => (await countWaiting(bot)) === 0, { what, timeoutMs });
  await sleep(LATE.untoldMs);
  return bot;
}

async function readBooks(storageUrl, { file }) {
  const client = new (load('ioredis').Redis)(storageUrl);
  const ledgers = await readLedgers(client, createScripts());
  client.disconnect();
  const journal = createSqliteJournal({ file, onError: console.error });
  const told = await readJournal(journal);
  await journal.close();
  return { ledgers, told };
}

function tell({ guests, ledgers, told, rounds }, report) {
  const dealtWith = ledgers.flatMap(({ entries }) => entries.map(({ id }) => id));
  const known = new Set(dealtWith);
  const lost = guests.acknowledged.filter((id) => !known.has(id));
  report.figure('kills', rounds, 'kills');
  report.figure('messages_acknowledged', guests.acknowledged.length, 'messages');
  report.figure('messages_lost', lost.length, 'messages');
  report.figure('messages_dealt_with_twice', dealtWith.length - known.size, 'messages');
  report.figure('webhooks_posted_again', guests.retries, 'webhooks');
  report.figure('people', ledgers.length, 'people');
  report.figure('visits', told.visits, 'visits');
  report.holds(guests.acknowledged.length > rounds, 'Hardly anybody wrote.');
  report.holds(lost.length === 0, `${lost.length} messages that had a 200 were never dealt with.`);
  report.ledger('journal', compare(ledgers, told.people, KEY));
  const sums = `${told.visits} visits are written down, and their hours add up to ${told.summed}.`;
  report.holds(told.visits === told.summed, sums);
}

module.exports = { run, summary };
