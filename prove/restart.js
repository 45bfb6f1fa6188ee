'use strict';
const { setTimeout: sleep } = require('node:timers/promises');
const { startCompany } = require('./crowd/company');
const { startPostgres } = require('./servers/postgres');
const { startRedis } = require('./servers/redis');

const summary =
  'Redis and Postgres crash and come back in the middle of traffic: no number is wrong';

const PROCESSES = 3;
const SIZES = {
  full: { crashes: 5, upMs: 10_000, downMs: 6_000, dropAfterMs: 30_000, people: 12 },
  short: { crashes: 1, upMs: 4_000, downMs: 3_000, dropAfterMs: 15_000, people: 6 },
};
/** What a server could not be told as it was away, it hears within a third of the lease. */
const INBOX = { timeoutMs: 2_500, leaseMs: 30_000 };
const SERVERS = { redis: startRedis, postgres: startPostgres };

async function run({ short, report }) {
  const size = short ? SIZES.short : SIZES.full;
  for (const [name, startServer] of Object.entries(SERVERS)) {
    await prove({ name, startServer, size, report });
  }
}

async function prove({ name, startServer, size, report }) {
  const server = await startServer();
  const company = await startCompany({
    processes: PROCESSES,
    store: { [name]: server.url },
    dropAfterMs: size.dropAfterMs,
    inbox: INBOX,
  });
  const talk = company.startTalking(size.people);
  for (let crash = 1; crash <= size.crashes; crash += 1) {
    report.progress(`${name}: crash ${crash} of ${size.crashes}`);
    await sleep(size.upMs);
    await server.kill();
    await sleep(size.downMs);
    await server.resume();
  }
  await sleep(size.upMs);
  await talk.end();
  report.figure(`${name}_crashes`, size.crashes, 'crashes');
  report.figure(`${name}_was_down_for`, size.downMs / 1000, 's each');
  company.crowd.dropSilent();
  await company.tell(name, report);
  await company.close();
  await server.stop();
}

module.exports = { run, summary };
