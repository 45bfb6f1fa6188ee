'use strict';
const { load } = require('../load');
const { end, findFreePort, findProgram, makeFolder, start, waitFor } = require('./process');

/** Starts a Redis of its own that writes down everything; `kill` and `resume` are a crash and what follows it. */
async function startRedis({ isDurable = true } = {}) {
  const program = findProgram('redis-server');
  const { folder, remove } = makeFolder();
  const port = await findFreePort();
  const durability = isDurable ? ['yes', '--appendfsync', 'always'] : ['no'];
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const launch = async () => {
    const child = start(program, [...args, '--appendonly', ...durability]);
    await waitFor(() => isReady(port), { what: 'Redis' });
    return child;
  };
  let child = await launch();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: () => end(child),
    async resume() {
      child = await launch();
    },
    async stop() {
      await end(child);
      remove();
    },
  };
}

async function isReady(port) {
  const { Redis } = load('ioredis');
  const client = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}

module.exports = { startRedis };
