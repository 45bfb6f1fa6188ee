'use strict';
const { fork } = require('node:child_process');
const { once } = require('node:events');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { load } = require('../harness/load');
const { fillFile } = require('../../prove/reading/fill');

const DAYS = 90;
const RUNS = 3;
const READ = require.resolve('../../prove/reading/read-report');

/** The processor seconds of a report over so many visits in 90 days, the least of a few. */
async function measureReport(visits) {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-bench-'));
  const file = join(folder, 'journal.db');
  const until = Math.floor(Date.now() / 3_600_000) * 3_600_000;
  try {
    const onError = (error) => {
      throw error;
    };
    await load('@turnspan/store-sqlite').createSqliteJournal({ file, onError }).close();
    await fillFile(file, { visits, days: DAYS, until });
    const runs = [];
    for (let number = 0; number < RUNS; number += 1) runs.push(await read(file, until));
    return Math.min(...runs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function read(file, until) {
  const since = until - DAYS * 24 * 3_600_000;
  const child = fork(READ, ['sqlite', file, String(since), String(until)]);
  const [[figures]] = await Promise.all([once(child, 'message'), once(child, 'exit')]);
  return figures.cpuSeconds;
}

module.exports = { measureReport };
