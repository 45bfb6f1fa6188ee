/**
 * How long the process is kept from other work while a journal takes in 2,000 visits a second, and
 * while a store takes in 500 waits and claims a second, next to a process that does nothing:
 * `node bench/delay.js [seconds]`, after a build.
 */
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { setTimeout: sleep } = require('node:timers/promises');
const { createSqliteJournal, createSqliteStore } = require('../dist');

const SECONDS = Number(process.argv[2] ?? 10);
const EVERY_MS = 10;
const T0 = Date.UTC(2026, 0, 5, 9);
const USER = { channel: 'whatsapp', line: '15550001', key: 'kR3vY0q7Zb1xT9aL' };

let made = 0;

function createEvent() {
  made += 1;
  const journey = { id: `j${made >> 3}`, flow: 'order', version: 'v1', variant: '', entry: 'user' };
  const run = { ...journey, startedAt: T0, user: USER, sessionId: `s${made >> 4}` };
  const visit = { journey: run, index: made & 7, node: 'size', kind: 'question' };
  const at = T0 + made;
  return {
    kind: 'visit_settled',
    at,
    visit: { ...visit, enteredAt: at - 5000, askedAt: at - 4000 },
    outcome: 'advanced',
    waitSeconds: 3.9,
    processingSeconds: 0.1,
    repliedAt: at,
    inputKind: 'text',
    match: 'matched',
  };
}

function createWaiting() {
  made += 1;
  const place = { flow: 'order', node: `node ${made % 50}`, position: 'x'.repeat(210) };
  const times = { stallAt: T0 + made, dropAt: T0 + made + 86_400_000 };
  const user = { ...USER, key: `u${made}` };
  return { id: `turnspan.j${made}.1.size`, user, ...place, parents: [], ...times };
}

let later = 0;
let failed = 0;

function note(answer) {
  later += 1;
  answer.catch(() => {
    failed += 1;
  });
}

async function measure(name, run) {
  await repeat(run, 1);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await repeat(run, SECONDS);
  delay.disable();
  const shares = [50, 99, 99.9].map((share) => toMs(delay.percentile(share)));
  print(
    `Node ${process.versions.node}, ${name}: delay of the event loop ${shares[0]} ms (median), ` +
      `${shares[1]} ms (99 %), ${shares[2]} ms (99.9 %), ${toMs(delay.max)} ms (longest)`,
  );
}

async function repeat(run, seconds) {
  const end = performance.now() + seconds * 1000;
  for (let next = performance.now(); next < end; next += EVERY_MS) {
    run();
    await sleep(Math.max(0, next + EVERY_MS - performance.now()));
  }
}

/** What the timer of the monitor is late by; it is set to go off every millisecond. */
function toMs(nanoseconds) {
  return Math.max(0, nanoseconds / 1e6 - 1).toFixed(1);
}

function print(line) {
  process.stdout.write(`${line}\n`);
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-bench-'));
  await measure('nothing', () => undefined);
  const journal = createSqliteJournal({ file: join(folder, 'journal.db'), onError: print });
  await measure('journal', () => {
    for (let index = 0; index < 20; index += 1) journal.observe(createEvent());
  });
  await journal.close();
  if (journal.dropped > 0) print(`${journal.dropped} records were dropped.`);
  const store = createSqliteStore({ file: join(folder, 'store.db') });
  await measure('store', () => {
    for (let index = 0; index < 5; index += 1) {
      const waiting = createWaiting();
      for (const answer of [store.wait(waiting), store.claim(waiting.id, 'answered')]) {
        if (answer instanceof Promise) note(answer);
      }
    }
  });
  store.close();
  print(`${later} calls of the store were answered later, ${failed} failed.`);
  rmSync(folder, { recursive: true });
}

main().catch((error) => {
  print(error.stack);
  process.exitCode = 1;
});
