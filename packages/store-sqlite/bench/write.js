/**
 * How fast a journal takes events in and writes them, and how long the process is kept from other
 * work: `node bench/write.js [events]`, after a build.
 */
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { monitorEventLoopDelay, performance } = require('node:perf_hooks');
const { createJournalWith } = require('../dist/create-sqlite-journal');
const { findDrivers } = require('../dist/drivers');

const EVENTS = Number(process.argv[2] ?? 50_000);
const T0 = Date.UTC(2026, 0, 5, 9);
const USER = { channel: 'whatsapp', line: '15550001', key: 'kR3vY0q7Zb1xT9aL' };

async function measure(name, openFile) {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-bench-'));
  const options = { file: join(folder, 'journal.db'), maxQueued: EVENTS, onError: print };
  const journal = createJournalWith(openFile, options);
  const events = Array.from({ length: EVENTS }, (_, index) => createEvent(index));
  const observing = performance.now();
  for (const event of events) journal.observe(event);
  const writing = performance.now();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await journal.flush();
  const seconds = (performance.now() - writing) / 1000;
  delay.disable();
  await journal.close();
  rmSync(folder, { recursive: true });
  print(
    `Node ${process.versions.node}, ${name}: observe ${(((writing - observing) * 1000) / EVENTS).toFixed(1)} µs an event, ` +
      `${Math.round(EVENTS / seconds)} rows a second, pauses ${toMs(delay.percentile(50))} ms (median), ` +
      `${toMs(delay.percentile(99))} ms (99 %), ${toMs(delay.max)} ms (longest)`,
  );
}

function createEvent(index) {
  const journey = {
    id: `j${index >> 3}`,
    flow: 'order',
    version: 'v1',
    variant: '',
    entry: 'user',
  };
  const run = { ...journey, startedAt: T0, user: USER, sessionId: `s${index >> 4}` };
  const visit = { journey: run, index: index & 7, node: 'size', kind: 'question' };
  const at = T0 + index;
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

function toMs(nanoseconds) {
  return (nanoseconds / 1e6).toFixed(1);
}

function print(line) {
  process.stdout.write(`${line}\n`);
}

async function main() {
  for (const [name, openFile] of findDrivers()) await measure(name, openFile);
}

main().catch((error) => {
  print(error.stack);
  process.exitCode = 1;
});
