'use strict';
const { join } = require('node:path');
const { openStore } = require('../bot/open-store');
const { load } = require('../load');
const { startPostgres } = require('../servers/postgres');
const { makeFolder } = require('../servers/process');
const { startRedis } = require('../servers/redis');
const { Experiments } = load('@turnspan/experiments');
const { systemClock } = load('@turnspan/core');

const USERS = Array.from({ length: 500 }, (_, index) => `user-${index}`);
/** Whoever comes at the same time. */
const CROWD = 20;
/** The machine may be busy; it is not speed that is proved. */
const PATIENCE_MS = 20_000;
const OPTIONS = { variants: ['a', 'b'], flow: 'order' };

/** Users keep their variant in every process and after a restart, and get one while the store is gone. */
async function proveStores(report) {
  for (const startServer of [startRedis, startPostgres]) await proveServer(startServer, report);
  await proveFile(report);
}

async function proveServer(startServer, report) {
  const name = startServer === startRedis ? 'redis' : 'postgres';
  report.progress(name);
  const server = await startServer();
  const open = () => openStore({ [name]: server.url }, systemClock);
  const first = await expose(open());
  tellSame({ name: `${name}_other_process`, first, second: await expose(open()) }, report);
  const errors = [];
  const experiment = await declare(open(), { errors, timeoutMs: 500 });
  await server.kill();
  const without = await exposeAll(experiment);
  const byHash = without.every(({ reason, counts }) => reason === 'hash' && counts);
  report.holds(byHash, `${name}: an exposure without the store does not say so.`);
  report.holds(errors.length >= USERS.length, `${name}: only ${errors.length} errors were told.`);
  const expected = USERS.map((user) => experiment.assign(user).variant);
  const served = without.map(({ variant }) => variant);
  report.holds(String(served) === String(expected), `${name}: the hash was not served.`);
  await server.resume();
  tellSame({ name: `${name}_after_restart`, first, second: await expose(open()) }, report);
  await server.stop();
}

async function proveFile(report) {
  const { folder, remove } = makeFolder();
  const open = () => openStore({ sqlite: join(folder, 'store.db') }, systemClock);
  const before = open();
  const first = await expose(before);
  await before.close();
  tellSame({ name: 'sqlite_after_restart', first, second: await expose(open()) }, report);
  remove();
}

function tellSame({ name, first, second }, report) {
  const changed = second.exposures.filter(({ variant }, index) => {
    return variant !== first.exposures[index].variant;
  });
  const again = second.exposures.filter(({ isFirst }) => isFirst);
  const errors = first.errors.length + second.errors.length;
  report.figure(`${name}_changed_variant`, changed.length, 'users');
  report.holds(changed.length === 0, `${name}: ${changed.length} users got another variant.`);
  report.holds(again.length === 0, `${name}: ${again.length} users were told of twice.`);
  report.holds(errors === 0, `${name}: ${first.errors[0] ?? second.errors[0]}`);
  const kept = second.exposures.every(({ reason }) => reason === 'store');
  report.holds(kept, `${name}: some exposures are not from the store.`);
}

/** Every third user has what the hash would not give, as after a change of it. */
async function expose(store) {
  const errors = [];
  const experiment = await declare(store, { errors, timeoutMs: PATIENCE_MS });
  for (const [index, user] of USERS.entries()) {
    const other = experiment.assign(user).variant === 'a' ? 'b' : 'a';
    if (index % 3 === 0)
      await store.shared.assign(`experiment/ask/ask/${user}`, `${other} 1 x`, 1e6);
  }
  return { exposures: await exposeAll(experiment), errors };
}

function declare(store, { errors, timeoutMs }) {
  const onError = (error) => errors.push(error);
  const experiments = new Experiments({ shared: store.shared, onError, timeoutMs });
  return experiments.declare('ask', OPTIONS);
}

async function exposeAll(experiment) {
  const exposures = [];
  for (let index = 0; index < USERS.length; index += CROWD) {
    const crowd = USERS.slice(index, index + CROWD);
    exposures.push(...(await Promise.all(crowd.map((user) => experiment.expose(user)))));
  }
  return exposures;
}

module.exports = { proveStores };
