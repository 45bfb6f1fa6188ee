'use strict';
const { setTimeout: sleep } = require('node:timers/promises');
const { startCompany } = require('./crowd/company');
const { load } = require('./load');
const { startPostgres } = require('./servers/postgres');
const { startRedis } = require('./servers/redis');
const { Random } = load('@turnspan/testing');

const summary =
  'four processes on one Redis and one Postgres, one of them stopped for a minute: all adds up to the truth';

const PROCESSES = 4;
const SIZES = {
  full: { trafficMs: 60_000, pauseMs: 60_000, dropAfterMs: 90_000, people: 20 },
  // Longer than the 30 seconds for which deadlines are handed out.
  short: { trafficMs: 15_000, pauseMs: 33_000, dropAfterMs: 45_000, people: 8 },
};
const TWICE = 0.05;

async function run({ short, report }) {
  const size = short ? SIZES.short : SIZES.full;
  const redis = await startRedis();
  const postgres = await startPostgres();
  const random = new Random(9);
  const company = await startCompany({
    processes: PROCESSES,
    store: { redis: redis.url },
    journalUrl: postgres.url,
    dropAfterMs: size.dropAfterMs,
    isTwice: () => random.next() < TWICE,
  });
  const { crowd, bots } = company;
  const talk = company.startTalking(size.people);
  await sleep(size.trafficMs / 2);
  await pause({ ...bots[1], ms: size.pauseMs, report });
  await sleep(size.trafficMs / 2);
  await talk.end();
  report.figure('processes', PROCESSES, 'processes');
  report.figure('webhooks_delivered_twice_at_once', company.duplicates(), 'webhooks');
  report.figure('stopped_while_holding_deadlines_for', size.pauseMs / 1000, 's');
  crowd.dropSilent();
  await company.tell('cluster', report);
  await company.close();
  await redis.stop();
  await postgres.stop();
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
}

module.exports = { run, summary };
