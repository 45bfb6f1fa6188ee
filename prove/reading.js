'use strict';
const { fork } = require('node:child_process');
const { once } = require('node:events');
const { join } = require('node:path');
const { load } = require('./load');
const { fillFile, fillPostgres } = require('./reading/fill');
const { makeFolder } = require('./servers/process');
const { startPostgres } = require('./servers/postgres');

const summary =
  'a report over a million visits in 90 days takes under 2 s and 300 MB, and no longer for ten million';

const DAYS = 90;
const MAX_SECONDS = 2;
const MAX_MIB = 300;
/** Ten times the visits fill what rows there can be; from then on nothing grows. */
const MAX_GROWTH = 3;
/** The best of them: what else the machine does only makes it longer. */
const RUNS = 3;
const READ = require.resolve('./reading/read-report');

async function run({ short, report }) {
  const sizes = short ? [100_000, 1_000_000] : [100_000, 1_000_000, 10_000_000];
  const until = Math.floor(Date.now() / 3_600_000) * 3_600_000;
  const postgres = await startPostgres({ isDurable: false });
  try {
    for (const kind of ['sqlite', 'postgres']) {
      const measured = [];
      for (const visits of sizes) {
        report.progress(`${kind}, ${visits} visits`);
        const size = { visits, days: DAYS, until };
        measured.push(await measure({ kind, size, url: postgres.url }));
        tell(report, { kind, visits, ...measured.at(-1) });
      }
      hold(report, { kind, sizes, measured });
    }
  } finally {
    await postgres.stop();
  }
}

async function measure({ kind, size, url }) {
  const { folder, remove } = makeFolder();
  const place = kind === 'sqlite' ? join(folder, 'journal.db') : await makeDatabase(url, size);
  try {
    await makeJournal(kind, place);
    const rows = await (kind === 'sqlite' ? fillFile : fillPostgres)(place, size);
    const runs = [];
    for (let number = 0; number < RUNS; number += 1) runs.push(await read(kind, place, size));
    const least = (name) => Math.min(...runs.map((each) => each[name]));
    return { rows, seconds: least('seconds'), cpuSeconds: least('cpuSeconds'), mib: least('mib') };
  } finally {
    remove();
  }
}

async function makeDatabase(url, { visits }) {
  const { Client } = load('pg');
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`create database reading_${visits}`);
  await client.end();
  return url.replace(/[^/]+$/, `reading_${visits}`);
}

/** A journal makes its tables; nothing else is written through it. */
async function makeJournal(kind, place) {
  const onError = (error) => {
    throw error;
  };
  if (kind === 'sqlite') {
    await load('@turnspan/store-sqlite').createSqliteJournal({ file: place, onError }).close();
    return;
  }
  const pool = new (load('pg').Pool)({ connectionString: place, max: 4 });
  const journal = load('@turnspan/store-postgres').createPostgresJournal({ pool, onError });
  await journal.facts();
  await journal.close();
  await pool.end();
}

/** In a process of its own, whose memory is that of the report alone. */
async function read(kind, place, { until }) {
  const child = fork(READ, [kind, place, String(until - DAYS * 86_400_000), String(until)]);
  const figures = new Promise((resolve) => child.once('message', resolve));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The process that reads ${place} ended with ${code}.`);
  return figures;
}

function tell(report, { kind, visits, rows, seconds, cpuSeconds, mib }) {
  const name = `${kind}_${visits}`;
  report.figure(`${name}_rows`, rows, 'rows');
  report.figure(`${name}_report`, seconds, 's');
  report.figure(`${name}_report_cpu`, cpuSeconds, 's');
  report.figure(`${name}_memory`, mib, 'MiB');
}

function hold(report, { kind, sizes, measured }) {
  const million = measured[sizes.indexOf(1_000_000)];
  const { seconds, mib } = million;
  report.holds(
    seconds < MAX_SECONDS,
    `${kind}: a report over a million visits takes ${seconds} s.`,
  );
  for (const [index, each] of measured.entries()) {
    const growth = each.seconds / million.seconds;
    const sentence = `${kind}: ${sizes[index]} visits take ${growth.toFixed(1)} times as long.`;
    report.holds(growth < MAX_GROWTH, sentence);
  }
  report.holds(mib < MAX_MIB, `${kind}: a report over a million visits takes ${mib} MiB.`);
}

module.exports = { run, summary };
