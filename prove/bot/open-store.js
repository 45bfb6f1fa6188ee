'use strict';
const { load } = require('../load');

/** Opens a store in a process of a bot, as its front door would. */
function openStore({ redis, postgres, sqlite }) {
  if (redis) return openRedis(redis);
  if (postgres) return openPostgres(postgres);
  return load('@turnspan/store-sqlite').createSqliteStore({ file: sqlite });
}

function openRedis(url) {
  const { Redis } = load('ioredis');
  const client = new Redis(url, { maxRetriesPerRequest: 1, connectTimeout: 2_000 });
  client.on('error', () => {});
  return load('@turnspan/store-redis').createRedisStore({ client });
}

function openPostgres(connectionString) {
  const { Pool } = load('pg');
  const pool = new Pool({ connectionString, max: 4, connectionTimeoutMillis: 2_000 });
  pool.on('error', () => {});
  return load('@turnspan/store-postgres').createPostgresStore({ pool });
}

module.exports = { openStore };
