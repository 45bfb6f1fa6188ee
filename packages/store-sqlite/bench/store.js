/**
 * What a store costs: a wait, a claim and a summary, and the settling of 500 deadlines while few
 * and while many wait: `node bench/store.js [few] [many]`, after a build.
 */
const { mkdtempSync, rmSync, statSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { performance } = require('node:perf_hooks');
const { createStoreWith } = require('../dist/create-sqlite-store');
const { findDrivers } = require('../dist/drivers');

const [FEW = 10_000, MANY = 1_000_000] = process.argv.slice(2).map(Number);
const CALLS = 20_000;
const ROUNDS = 20;
const BATCH = 500;
const DAY = 86_400_000;
const T0 = Date.UTC(2026, 0, 5, 9);
/** As long as those that the core writes. */
const POSITION = JSON.stringify([1, 'x'.repeat(210)]);

function measure(name, openFile) {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-bench-'));
  const stores = [FEW, MANY].map((waiting) => {
    const file = join(folder, `${waiting}.db`);
    const store = createStoreWith(openFile, { file });
    fill(store, waiting);
    const title = `${name}, ${waiting} waiting`;
    print(`${title}: file ${Math.round(statSync(file).size / 1e6)} MB`);
    tell(title, measureCalls(store));
    return { title, store, stall: [], drop: [] };
  });
  measureSettling(stores);
  for (const { store } of stores) store.close();
  rmSync(folder, { recursive: true });
}

let made = 0;

function createWaiting(stallAt) {
  made += 1;
  const journey = (made * 2_654_435_761).toString(36);
  return {
    id: `turnspan.${journey}-${made}.1.size`,
    user: { channel: 'whatsapp', line: '15550001', key: `kR3vY0q7Zb1x${made}` },
    flow: 'order',
    node: `node ${made % 50}`,
    position: POSITION,
    parents: [],
    stallAt,
    dropAt: stallAt + DAY,
  };
}

function fill(store, until) {
  const { counts } = store.summary();
  const there = counts.reduce((sum, { waiting }) => sum + waiting, 0);
  for (let index = there; index < until; index += 1) store.wait(createWaiting(later()));
}

/** Any time within a day from tomorrow on. */
function later() {
  return T0 + DAY + Math.floor(Math.random() * DAY);
}

function measureCalls(store) {
  const waits = Array.from({ length: CALLS }, () => createWaiting(later()));
  return {
    wait: waits.map((waiting) => time(() => store.wait(waiting))),
    claim: waits.map(({ id }) => time(() => store.claim(id, 'answered'))),
    summary: waits.slice(0, 1000).map(() => time(() => store.summary())),
  };
}

/** In turns, so that what else the machine does slows both. */
function measureSettling(stores) {
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { store, stall, drop } of stores) {
      for (let index = 0; index < BATCH; index += 1) store.wait(createWaiting(T0 - 1 - index));
      stall.push(time(() => takeAndSettle(store, T0)));
      drop.push(time(() => takeAndSettle(store, T0 + DAY - 1)));
    }
  }
  for (const { title, stall, drop } of stores) {
    tell(`${title}, take and settle ${BATCH}`, { stall, drop });
  }
  const [few, many] = stores.map(({ stall, drop }) => at(stall, 0.5) + at(drop, 0.5));
  print(`With ${MANY} waiting that costs ${(many / few).toFixed(2)} times as much as with ${FEW}.`);
}

function takeAndSettle(store, now) {
  const settled = store.settle(store.takeDue({ now, limit: BATCH, leaseMs: 30_000 }));
  if (settled.length !== BATCH) throw new Error(`It settled ${settled.length}.`);
}

function tell(name, calls) {
  for (const [call, times] of Object.entries(calls)) {
    const mean = times.reduce((sum, each) => sum + each, 0) / times.length;
    const shares = [0.5, 0.99, 1].map((share) => at(times, share).toFixed(0));
    print(
      `${name}: ${call} ${shares[0]} µs (median), ${mean.toFixed(0)} (mean), ${shares[1]} (99 %), ${shares[2]} (longest)`,
    );
  }
}

/** Microseconds that something takes. */
function time(run) {
  const begin = performance.now();
  run();
  return (performance.now() - begin) * 1000;
}

function at(times, share) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function print(line) {
  process.stdout.write(`${line}\n`);
}

for (const [name, openFile] of findDrivers())
  measure(`${name} on Node ${process.versions.node}`, openFile);
