'use strict';
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { createScripts, startMeta } = require('./bot/pizza-bot');
const { KEY, startBotProcess } = require('./bot/start-bot');
const { compare, isOutOfOrder, readJournal, readLedgers } = require('./crowd/bookkeeping');
const { Guests } = require('./crowd/guests');
const { load } = require('./load');
const { findFreePort, makeFolder } = require('./servers/process');
const { startRedis } = require('./servers/redis');
const { addUp, Random } = load('@turnspan/testing');
const { createSqliteJournal } = load('@turnspan/store-sqlite');

const summary = 'the process is killed again and again: every visit is settled exactly once';

const SIZES = {
  full: { rounds: 100, dropRounds: 40, people: 12 },
  short: { rounds: 8, dropRounds: 6, people: 8 },
};
/** Longer than everybody talks. When all are silent, the clock of the processes is put forward by it. */
const DROP_AFTER_MS = 6 * 60 * 60_000;
/** A process lives long enough to take up what the one before it left, or not. */
const LIFE_MS = { least: 300, most: 5_000 };
/** A machine that is busy must not look like a store that fails. */
const INBOX = { timeoutMs: 2_500, leaseMs: 3_000 };
/** A process lives so long when silence ends: until it has looked once who is due, or in the middle. */
const DROP_LIFE_MS = { least: 0, most: 700 };
/** A drop that nobody has written down for so long is told again. */
const UNTOLD_MS = 60_000;

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
    dropAfterMs: DROP_AFTER_MS,
    inbox: INBOX,
    port,
    ledger: true,
  };
  const noise = [];
  const start = (each) => startBotProcess(each, { onNoise: (text) => noise.push(text) });
  const random = new Random(17);
  const guests = new Guests({ graph, webhookUrl: `http://127.0.0.1:${port}/webhook`, random });
  const visiting = guests.visit(size.people);
  const from = Date.now();
  await killAgainAndAgain({ start, config, random, rounds: size.rounds, report });
  let bot = await start(config);
  guests.leave();
  await visiting;
  // What was left behind by a process that died is taken up within its lease.
  await sleep(3 * INBOX.leaseMs);
  report.figure('silent_people', await countWaiting(bot), 'people');
  await bot.kill();
  const talk = { from, ms: Date.now() - from };
  await killWhileDropping({ start, config, random, rounds: size.dropRounds, talk, report });
  const aheadMs = DROP_AFTER_MS + UNTOLD_MS;
  bot = await start({ ...config, aheadMs });
  await bot.ask('sweep');
  report.holds((await countWaiting(bot)) === 0, 'Somebody still waits after all deadlines.');
  await bot.ask('shutdown');
  const books = await readBooks(storage.url, journal);
  tell({ guests, ...books, noise, rounds: size.rounds + size.dropRounds }, report);
  await bot.kill();
  await graph.close();
  await storage.stop();
  remove();
}

async function killAgainAndAgain({ start, config, random, rounds, report }) {
  for (let round = 1; round <= rounds; round += 1) {
    report.progress(`round ${round} of ${rounds}`);
    const bot = await start(config);
    await sleep(random.between(LIFE_MS.least, LIFE_MS.most));
    await bot.kill();
  }
}

/** While silence ends, some people in each round, processes are killed in the middle of that as well. */
async function killWhileDropping({ start, config, random, rounds, talk, report }) {
  for (let round = 1; round <= rounds; round += 1) {
    report.progress(`silence ends, round ${round} of ${rounds}`);
    const now = talk.from + DROP_AFTER_MS + (talk.ms * round) / rounds;
    const bot = await start({ ...config, aheadMs: now - Date.now() });
    await sleep(random.between(DROP_LIFE_MS.least, DROP_LIFE_MS.most));
    await bot.kill();
  }
}

async function countWaiting(bot) {
  return addUp([await bot.ask('metrics')])
    .filter(({ name }) => name === 'conversation_waiting')
    .reduce((sum, { value }) => sum + value, 0);
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

function tell({ guests, ledgers, told, noise, rounds }, report) {
  const dealtWith = ledgers.flatMap(({ entries }) => entries.map(({ id }) => id));
  const known = new Set(dealtWith);
  const lost = guests.acknowledged.filter((id) => !known.has(id));
  report.figure('kills', rounds, 'kills');
  report.figure('messages_acknowledged', guests.acknowledged.length, 'messages');
  report.figure('messages_lost', lost.length, 'messages');
  report.figure('messages_dealt_with_twice', dealtWith.length - known.size, 'messages');
  report.figure('webhooks_posted_again', guests.retries, 'webhooks');
  const overtaken = ledgers.filter(isOutOfOrder).length;
  report.figure('people', ledgers.length, 'people');
  report.figure('people_whose_messages_overtook', overtaken, 'people');
  report.figure('visits', told.visits, 'visits');
  report.holds(overtaken === 0, `Messages of ${overtaken} people overtook each other.`);
  report.holds(guests.acknowledged.length > rounds, 'Hardly anybody wrote.');
  report.holds(lost.length === 0, `${lost.length} messages that had a 200 were never dealt with.`);
  report.figure('contained', noise.length, 'errors');
  const isRight = report.ledger('journal', compare(ledgers, told.people, KEY));
  // What was contained is no failure; where a number is wrong, it may say why.
  if (!isRight) for (const text of new Set(noise)) report.say(`  contained was ${text}`);
  const sums = `${told.visits} visits are written down, and their hours add up to ${told.summed}.`;
  report.holds(told.visits === told.summed, sums);
}

module.exports = { run, summary };
