'use strict';
const { join } = require('node:path');
const { load } = require('../load');
const { startPostgres } = require('../servers/postgres');
const { makeFolder } = require('../servers/process');
const { startRedis } = require('../servers/redis');
const { MemoryStore } = load('@turnspan/core');

/** Opens two empty stores of each kind, and what closes them again; `isLocal` if all they take is this process's time. */
const STORES = {
  memory: async () => ({
    isLocal: true,
    stores: [new MemoryStore('prove'), new MemoryStore('prove')],
    close: async () => {},
  }),
  sqlite: async () => {
    const { createSqliteStore } = load('@turnspan/store-sqlite');
    const { folder, remove } = makeFolder();
    const open = (name) => createSqliteStore({ file: join(folder, name), origin: 'prove' });
    const stores = [open('small.db'), open('large.db')];
    const close = async () => {
      for (const store of stores) store.close();
      remove();
    };
    return { isLocal: true, stores, close };
  },
  redis: async () => {
    const { createRedisStore } = load('@turnspan/store-redis');
    const { Redis } = load('ioredis');
    const servers = [
      await startRedis({ isDurable: false }),
      await startRedis({ isDurable: false }),
    ];
    const clients = servers.map(({ url }) => new Redis(url));
    const stores = clients.map((client) => createRedisStore({ client, origin: 'prove' }));
    const close = async () => {
      for (const client of clients) client.disconnect();
      for (const server of servers) await server.stop();
    };
    return { stores, close };
  },
  postgres: async () => {
    const { createPostgresStore } = load('@turnspan/store-postgres');
    const { Pool } = load('pg');
    const server = await startPostgres({ isDurable: false });
    const pool = new Pool({ connectionString: server.url, max: 4 });
    const stores = ['small', 'large'].map((schema) => createPostgresStore({ pool, schema }));
    const close = async () => {
      await pool.end();
      await server.stop();
    };
    return { stores, close };
  },
};

module.exports = { STORES };
