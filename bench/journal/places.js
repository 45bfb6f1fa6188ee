'use strict';
const { mkdtempSync, rmSync } = require('node:fs');
const { createRequire } = require('node:module');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { load } = require('../harness/load');
const { startPostgres } = require('../../prove/servers/postgres');

/** The rows of one transaction, as many as a journal writes in one. */
const CHUNK = 100;
const onError = (error) => {
  throw error;
};

/** Opens a journal in a file, and what writes its visits into a table like its own and does no more. */
async function openSqlite(maxQueued) {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-bench-'));
  const file = join(folder, 'journal.db');
  const { createSqliteJournal } = load('@turnspan/store-sqlite');
  const journal = createSqliteJournal({ file, maxQueued, onError });
  await journal.facts();
  const Database = createRequire(load.resolve('@turnspan/store-sqlite'))('libsql');
  const source = new Database(file);
  const statements = source
    .prepare("select sql from sqlite_master where tbl_name = 'visits' and sql is not null")
    .all();
  source.close();
  const bare = new Database(join(folder, 'bare.db'));
  bare.exec('pragma journal_mode = wal; pragma synchronous = normal');
  for (const { sql } of statements) bare.exec(sql);
  return {
    journal,
    insert: async (rows) => insertSqlite(bare, rows),
    async close() {
      await journal.close();
      bare.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function insertSqlite(database, rows) {
  const columns = Object.keys(rows[0]);
  const values = `(${columns.map(() => '?')})`;
  const text = `insert into visits (${columns.map((name) => `"${name}"`)}) values `;
  const statement = database.prepare(text + Array(CHUNK).fill(values));
  for (let at = 0; at < rows.length; at += CHUNK) {
    database.exec('begin');
    statement.run(rows.slice(at, at + CHUNK).flatMap((row) => Object.values(row)));
    database.exec('commit');
  }
}

/** The same on a server of its own. */
async function openPostgres(maxQueued) {
  const server = await startPostgres({ isDurable: true });
  const pool = new (load('pg').Pool)({ connectionString: server.url, max: 4 });
  const { createPostgresJournal } = load('@turnspan/store-postgres');
  const journal = createPostgresJournal({ pool, maxQueued, onError });
  await journal.facts();
  await pool.query('create table bare (like turnspan.visits including all)');
  const client = await pool.connect();
  return {
    journal,
    insert: (rows) => insertPostgres(client, rows),
    async close() {
      client.release();
      await journal.close();
      await pool.end();
      await server.stop();
    },
  };
}

async function insertPostgres(client, rows) {
  const text = 'insert into bare select * from json_populate_recordset(null::bare, $1::json)';
  for (let at = 0; at < rows.length; at += CHUNK) {
    const values = [JSON.stringify(rows.slice(at, at + CHUNK))];
    await client.query({ name: 'bare', text, values });
  }
}

const PLACES = { sqlite: openSqlite, postgres: openPostgres };

module.exports = { PLACES };
