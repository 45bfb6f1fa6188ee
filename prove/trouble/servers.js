'use strict';
const { load } = require('../load');
const {
  end,
  findFreePort,
  findProgram,
  makeFolder,
  start,
  waitFor,
} = require('../servers/process');
const { startPostgres } = require('../servers/postgres');

const KEYS = 3_000;
/** Microseconds that Redis takes for each key as it loads them: some seconds in all. */
const DELAY_US = 2_000;

const wrongPassword = {
  name: 'postgres_password_wrong',
  advice: /password|user/i,
  prepare: async () => {
    const postgres = await startPostgres({ isDurable: false, auth: 'scram-sha-256' });
    const url = new URL(postgres.url);
    url.password = 'not-the-password';
    return {
      options: { data: false, store: url.href, journal: { url: url.href }, privacy: { key: 'k' } },
      secret: 'not-the-password',
      enterPhase: () => {},
      close: () => postgres.stop(),
    };
  },
};

/** Redis comes back with much to read, and says LOADING to everybody meanwhile. */
const loadingRedis = {
  name: 'redis_loading',
  advice: /reading its data from disk/,
  prepare: async () => {
    const server = await startRedis(['--appendonly', 'yes', '--key-load-delay', String(DELAY_US)]);
    await server.run((client) => fillWith(client));
    return {
      options: { data: false, store: server.url, privacy: { key: 'k' } },
      async enterPhase(phase) {
        if (phase === 'during') await server.restart();
      },
      close: () => server.stop(),
    };
  },
};

async function fillWith(client) {
  const pipeline = client.pipeline();
  for (let key = 0; key < KEYS; key += 1) pipeline.set(`other:${key}`, 'x');
  await pipeline.exec();
}

/** What was the primary is a replica all of a sudden. */
const readOnlyRedis = {
  name: 'redis_readonly',
  advice: /primary|replica/i,
  prepare: async () => {
    const primary = await startRedis(['--appendonly', 'no']);
    const server = await startRedis(['--appendonly', 'no']);
    return {
      options: { data: false, store: server.url, privacy: { key: 'k' } },
      async enterPhase(phase) {
        if (phase === 'during')
          await server.run((client) => client.replicaof('127.0.0.1', primary.port));
        if (phase === 'after') await server.run((client) => client.replicaof('NO', 'ONE'));
      },
      async close() {
        await server.stop();
        await primary.stop();
      },
    };
  },
};

async function startRedis(options) {
  const { Redis } = load('ioredis');
  const program = findProgram('redis-server');
  const { folder, remove } = makeFolder();
  const port = await findFreePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const connect = () => {
    const client = new Redis(port, '127.0.0.1', {
      maxRetriesPerRequest: 0,
      enableReadyCheck: false,
    });
    client.on('error', () => {});
    return client;
  };
  const run = async (action) => {
    const client = connect();
    try {
      return await action(client);
    } finally {
      client.disconnect();
    }
  };
  const answers = () =>
    run((client) => client.ping()).then(
      () => true,
      (error) => /^LOADING/.test(error.message),
    );
  const launch = async () => {
    const child = start(program, [...args, ...options]);
    await waitFor(answers, { what: 'Redis' });
    return child;
  };
  let child = await launch();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    run,
    async restart() {
      await end(child);
      child = await launch();
    },
    async stop() {
      await end(child, 'SIGKILL');
      remove();
    },
  };
}

module.exports = { loadingRedis, readOnlyRedis, wrongPassword };
