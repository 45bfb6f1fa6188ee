'use strict';
const { load } = require('../load');

/** Opens a store in a process of a bot, as its front door would. */
function openStore({ redis, postgres, sqlite }, clock) {
  if (redis) return openRedis(redis, clock);
  if (postgres) return openPostgres(postgres, clock);
  return load('@turnspan/store-sqlite').createSqliteStore({ file: sqlite, clock });
}

function openRedis(url, clock) {
  const { Redis } = load('ioredis');
  const client = new Redis(url, { maxRetriesPerRequest: 1, connectTimeout: 2_000 });
  client.on('error', () => {});
  return load('@turnspan/store-redis').createRedisStore({ client, clock });
}

function openPostgres(connectionString, clock) {
  const { Pool } = load('pg');
  const pool = new Pool({ connectionString, max: 4, connectionTimeoutMillis: 2_000 });
  pool.on('error', () => {});
  return load('@turnspan/store-postgres').createPostgresStore({ pool, clock });
}

module.exports = { openStore };
