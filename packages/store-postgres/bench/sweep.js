/**
 * What 500 due deadlines and the numbers of a sweep cost, by how many wait:
 * `DATABASE_URL=postgres://… node bench/sweep.js [waiting…]`, after a build. It makes schemas of
 * its own and removes them.
 */
const { performance } = require('node:perf_hooks');
const { Pool } = require('pg');
const { createPostgresStore } = require('../dist');

const SIZES = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10_000, 1_000_000];
const BATCH = 500;
const ROUNDS = 9;
const NOW = Date.UTC(2026, 0, 5, 9);
/** What a position of six steps and its parents take. */
const POSITION = `[1,"${'p'.repeat(500)}"]`;
/** What the store does without: counting anew, over an index made for that. */
const INDEX_ONLY_COUNT =
  'select flow, node, stalled, count(*) from store_visits where reason is null group by flow, node, stalled';

async function measure(pool, size) {
  const schema = `bench_${size}`;
  await pool.query(`drop schema if exists ${schema} cascade`);
  const store = createPostgresStore({ pool, schema });
  await store.summary();
  await fill(pool, schema, size);
  const times = { take: [], settle: [], summary: [], wait: [], claim: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const request = { now: NOW, limit: BATCH, leaseMs: 30_000 };
    const due = await time(times.take, () => store.takeDue(request));
    const settled = await time(times.settle, () => store.settle(due));
    if (settled.length !== BATCH) throw new Error(`${settled.length} were settled.`);
    await time(times.summary, () => store.summary());
    await time(times.wait, () => store.wait({ ...due[0].waiting, id: `turnspan.new.${round}` }));
    await time(times.claim, () => store.claim(`turnspan.new.${round}`, 'answered'));
  }
  await pool.query(
    `create index counting on ${schema}.store_visits (flow, node, stalled) where reason is null`,
  );
  await pool.query(`vacuum analyze ${schema}.store_visits`);
  const counting = [];
  for (let round = 0; round < 3; round += 1) {
    await time(counting, () => pool.query(INDEX_ONLY_COUNT.replace('store', `${schema}.store`)));
  }
  await pool.query(`drop schema ${schema} cascade`);
  return { ...times, counting };
}

/** Half of the due ones stall, half are dropped; the rest has time. */
async function fill(pool, schema, size) {
  await pool.query(
    `insert into ${schema}.store_visits (id, flow, node, waiting, stall_at, drop_at, deadline)
    select 'turnspan.' || n, 'flow ' || n % 10, 'node ' || n % 100,
      json_build_object('id', 'turnspan.' || n, 'user', json_build_object('channel', 'whatsapp',
        'line', 'line', 'key', n), 'flow', 'flow ' || n % 10, 'node', 'node ' || n % 100,
        'position', $1::text, 'parents', json_build_array()),
      at, at + (n % 2) * 86400000, at
    from (select n, case when n <= $3 then $2::float8 - n else $2::float8 + n end as at
      from generate_series(1, $4::int) as n) as due`,
    [POSITION, NOW, BATCH * ROUNDS, size],
  );
  await pool.query(`insert into ${schema}.store_count_changes (flow, node, waiting, stalled)
    select flow, node, count(*), 0 from ${schema}.store_visits group by flow, node`);
  await pool.query(`vacuum analyze ${schema}.store_visits`);
  await pool.query('checkpoint');
}

async function time(times, run) {
  const start = performance.now();
  const result = await run();
  times.push(performance.now() - start);
  return result;
}

function toMedian(times) {
  return [...times].sort((a, b) => a - b)[times.length >> 1];
}

function print(line) {
  process.stdout.write(`${line}\n`);
}

async function main() {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL });
  const medians = [];
  for (const size of SIZES) {
    const times = Object.entries(await measure(pool, size));
    medians.push(new Map(times.map(([name, each]) => [name, toMedian(each)])));
    print(
      `${size} waiting: ${times.map(([name, each]) => `${name} ${toMedian(each).toFixed(2)} ms`).join(', ')}`,
    );
  }
  const [few, many] = [medians[0], medians.at(-1)];
  const ratios = [...few.keys()].map(
    (name) => `${name} ${(many.get(name) / few.get(name)).toFixed(2)}`,
  );
  print(`Last by first: ${ratios.join(', ')}`);
  await pool.end();
}

void main();
