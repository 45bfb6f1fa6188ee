'use strict';
// Reads one report, in a process of its own, and tells how long that took and what memory.
const { load } = require('../load');
const { createReport, readRows } = load('@turnspan/insights');

async function main([kind, place, since, until]) {
  const { journal, close } = open(kind, place);
  const period = { since: Number(since), until: Number(until) };
  await journal.facts();
  const from = performance.now();
  const cpu = process.cpuUsage();
  const report = createReport(await readRows(journal, period), period);
  const seconds = (performance.now() - from) / 1000;
  const used = process.cpuUsage(cpu);
  if (report.visits === 0) throw new Error('The report has no visits.');
  await close();
  const mib = process.resourceUsage().maxRSS / 1024;
  process.send({ seconds, cpuSeconds: (used.user + used.system) / 1e6, mib });
  process.disconnect();
}

function open(kind, place) {
  const onError = (error) => {
    throw error;
  };
  if (kind === 'sqlite') {
    const journal = load('@turnspan/store-sqlite').createSqliteJournal({ file: place, onError });
    return { journal, close: () => journal.close() };
  }
  const pool = new (load('pg').Pool)({ connectionString: place, max: 4 });
  const journal = load('@turnspan/store-postgres').createPostgresJournal({ pool, onError });
  return { journal, close: () => journal.close().then(() => pool.end()) };
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
