'use strict';
const { createRequire } = require('node:module');
const { load } = require('../load');
const { toHourRows } = require('./hour-rows');

const CHUNK = 200;

/** Fills the file of a journal that is there, and says how many rows that were. */
async function fillFile(file, size) {
  const Database = createRequire(load.resolve('@turnspan/store-sqlite'))('libsql');
  const database = new Database(file);
  const statements = new Map();
  database.exec('BEGIN');
  const total = await inChunks(toHourRows(size), (table, rows) => {
    const columns = Object.keys(rows[0]);
    const key = `${table} ${rows.length}`;
    if (!statements.has(key)) statements.set(key, database.prepare(toInsert(table, columns, rows)));
    statements.get(key).run(rows.flatMap((row) => Object.values(row)));
  });
  database.exec('COMMIT');
  database.exec('ANALYZE');
  database.close();
  return total;
}

/** Fills the schema of a journal that is there, and says how many rows that were. */
async function fillPostgres(connectionString, size) {
  const { Client } = load('pg');
  const client = new Client({ connectionString });
  await client.connect();
  await client.query('begin');
  const total = await inChunks(
    toHourRows(size),
    (table, rows) => {
      const columns = Object.keys(rows[0]).map((name) => `"${name}"`);
      const source = `json_populate_recordset(null::turnspan.${table}, $1::json)`;
      const text = `insert into turnspan.${table} (${columns}) select ${columns} from ${source}`;
      return client.query({ text, values: [JSON.stringify(rows)] });
    },
    5000,
  );
  await client.query('commit');
  await client.query('analyze');
  await client.end();
  return total;
}

function toInsert(table, columns, rows) {
  const names = columns.map((name) => `"${name}"`);
  const values = `(${columns.map(() => '?')})`;
  return `INSERT INTO ${table} (${names}) VALUES ${rows.map(() => values)}`;
}

async function inChunks(entries, write, size = CHUNK) {
  const waiting = new Map();
  let total = 0;
  for (const [table, row] of entries) {
    total += 1;
    const rows = waiting.get(table) ?? [];
    waiting.set(table, rows);
    rows.push(row);
    if (rows.length === size) await write(table, rows.splice(0));
  }
  for (const [table, rows] of waiting) if (rows.length > 0) await write(table, rows);
  return total;
}

module.exports = { fillFile, fillPostgres };
