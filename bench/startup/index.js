'use strict';
const { join } = require('node:path');
const { measureInTurns, shrink } = require('../harness/rounds');
const { estimate } = require('../harness/statistics');
const { startWorker } = require('../harness/workers');
const { findInstalled } = require('./dependencies');

const summary = 'what loading takes, instrumenting a bot of 300 nodes, and what is installed';

const PROGRAM = require.resolve('./worker');
const FOLDER = join(__dirname, '..', '..', 'packages', 'turnspan');
const SIZES = { full: { rounds: 15 }, short: { rounds: 2 } };
const MAX_LOAD_MS = 60;
const MAX_PACKAGES = 15;
/** Of a short run only what can be counted is judged. */
const MAX_PACKAGES_SHORT = 40;
const MEGABYTE = 1024 * 1024;

async function run({ short, share, report }) {
  const { rounds } = shrink(short ? SIZES.short : SIZES.full, share);
  const subjects = ['nothing', 'load', 'instrument'].map((name) => [name, () => askNew(name)]);
  const measured = await measureInTurns(Object.fromEntries(subjects), rounds);
  const pick = (name, clock) => estimate(measured[name].map((each) => each[clock]));
  report.figure('nothing (noise)', pick('nothing', 'threadMs'), { unit: 'ms' });
  report.figure('require, processor time', pick('load', 'threadMs'), {
    unit: 'ms',
    max: short ? undefined : MAX_LOAD_MS,
  });
  report.figure('require, on the wall', pick('load', 'wallMs'), { unit: 'ms' });
  report.figure('instrument 300 nodes, processor time', pick('instrument', 'threadMs'), {
    unit: 'ms',
  });
  tellInstalled(report, short ? MAX_PACKAGES_SHORT : MAX_PACKAGES);
}

async function askNew(question) {
  const worker = await startWorker(PROGRAM, {});
  try {
    return await worker.ask(question);
  } finally {
    await worker.stop();
  }
}

function tellInstalled(report, max) {
  const installed = [...findInstalled(FOLDER)];
  const bytes = installed.reduce((sum, [, each]) => sum + each, 0);
  const others = installed.filter(([name]) => !/^(@turnspan\/|turnspan$)/.test(name));
  report.figure('packages installed', installed.length, { unit: 'packages', max });
  report.figure('of them not ours', others.length, { unit: 'packages' });
  report.figure('size installed', bytes / MEGABYTE, { unit: 'MB' });
  report.note(`Not ours: ${others.map(([name]) => name).join(', ')}.`);
}

module.exports = { run, summary };
