/**
 * What a waiting list in Redis costs: the settling of 500 deadlines while few and while many wait,
 * and the bytes for each who waits: `node bench/sweep.js [few] [many]`, after a build. Starts a
 * Redis of its own.
 */
const { spawn } = require('node:child_process');
const { performance } = require('node:perf_hooks');
const { setTimeout: sleep } = require('node:timers/promises');
const { Redis } = require('ioredis');
const { createRedisStore } = require('../dist');

const [FEW = 10_000, MANY = 1_000_000] = process.argv.slice(2).map(Number);
const PORT = 16_391;
const BATCH = 500;
const ROUNDS = 20;
const CALLS = 2000;
const AT_ONCE = 500;
const DAY = 86_400_000;
const T0 = Date.UTC(2026, 0, 5, 9);
/** As long as those that the core writes. */
const POSITION = JSON.stringify([1, 'x'.repeat(210)]);

async function measure(client) {
  const store = createRedisStore({ client });
  const empty = await readMemory(client);
  const settled = [];
  for (const waiting of [FEW, MANY]) {
    await fill(store, waiting);
    const bytes = ((await readMemory(client)) - empty) / waiting;
    print(`${waiting} waiting: ${Math.round(bytes)} bytes each`);
    settled.push(await measureSettling(store, waiting));
    await measureCalls(store, client, waiting);
  }
  print(`settling with ${MANY} costs ${(settled[1] / settled[0]).toFixed(2)} times as much`);
}

let made = 0;

function createWaiting(stallAt) {
  made += 1;
  const journey = (made * 2_654_435_761).toString(36).padStart(12, '0').slice(-12);
  return {
    id: `turnspan.${journey}.1.size`,
    user: { channel: 'whatsapp', line: '15550001', key: `kR3vY0q7Zb1x${made}` },
    flow: 'order',
    node: `node ${made % 50}`,
    position: POSITION,
    parents: [],
    stallAt,
    dropAt: stallAt + DAY,
  };
}

async function fill(store, until) {
  const { counts } = await store.summary();
  const there = counts.reduce((sum, { waiting }) => sum + waiting, 0);
  for (let index = there; index < until; index += AT_ONCE) {
    const size = Math.min(AT_ONCE, until - index);
    await Promise.all(Array.from({ length: size }, () => store.wait(createWaiting(later()))));
  }
}

/** Any time within a day from tomorrow on. */
function later() {
  return T0 + DAY + Math.floor(Math.random() * DAY);
}

/** Milliseconds for the taking and settling of a batch, the middle of many. */
async function measureSettling(store, waiting) {
  const took = { stall: [], drop: [] };
  const request = { limit: BATCH, leaseMs: 30_000 };
  for (let round = 0; round < ROUNDS; round += 1) {
    await Promise.all(
      Array.from({ length: BATCH }, (_, index) => store.wait(createWaiting(T0 - 1 - index))),
    );
    for (const [deadline, now] of [
      ['stall', T0],
      ['drop', T0 + DAY - 1],
    ]) {
      const begin = performance.now();
      const due = await store.takeDue({ ...request, now });
      const settled = await store.settle(due);
      took[deadline].push(performance.now() - begin);
      if (settled.length !== BATCH) throw new Error(`${settled.length} of ${BATCH} are settled`);
      await store.untold.forget(settled.map(({ waiting }) => waiting.id));
    }
  }
  for (const [deadline, times] of Object.entries(took)) {
    print(`${waiting} waiting: take and settle ${BATCH} ${deadline}s ${toText(times)}`);
  }
  return at(took.stall, 0.5) + at(took.drop, 0.5);
}

async function measureCalls(store, client, waiting) {
  const waits = Array.from({ length: CALLS }, () => createWaiting(later()));
  const took = { wait: [], claim: [], summary: [] };
  const before = await readMemory(client);
  for (const each of waits) await time(took.wait, () => store.wait(each));
  for (const { id } of waits) await time(took.claim, () => store.claim(id, 'answered'));
  const bytes = ((await readMemory(client)) - before) / CALLS;
  for (const _ of waits) await time(took.summary, () => store.summary());
  for (const [call, times] of Object.entries(took)) {
    print(`${waiting} waiting: ${call} ${toText(times)}`);
  }
  print(`${waiting} waiting: ${Math.round(bytes)} bytes for each claim`);
}

async function time(times, run) {
  const begin = performance.now();
  await run();
  times.push(performance.now() - begin);
}

async function readMemory(client) {
  const [, bytes] = /used_memory:(\d+)/.exec(await client.info('memory')) ?? [];
  return Number(bytes);
}

function toText(times) {
  return `${at(times, 0.5).toFixed(2)} ms (median), ${at(times, 0.99).toFixed(2)} (99 %), ${at(times, 1).toFixed(2)} (longest)`;
}

function at(times, share) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function print(line) {
  process.stdout.write(`${line}\n`);
}

async function main() {
  const args = ['--port', String(PORT), '--bind', '127.0.0.1', '--save', ''];
  const server = spawn('redis-server', args, { stdio: 'ignore' });
  await sleep(500);
  const client = new Redis(PORT, '127.0.0.1');
  try {
    await measure(client);
  } finally {
    client.disconnect();
    server.kill();
  }
}

main().catch((error) => {
  print(error.stack);
  process.exitCode = 1;
});
