'use strict';
const { measureInTurns, shrink } = require('../harness/rounds');
const { estimate } = require('../harness/statistics');
const { startWorker } = require('../harness/workers');

const summary = 'the memory of a process in which 100,000 people owe an answer';

const PROGRAM = require.resolve('./worker');
const SIZES = { full: { count: 100_000, rounds: 3 }, short: { count: 20_000, rounds: 1 } };
const MEGABYTE = 1024 * 1024;
/** Of the heap, whose size does not depend on what else the machine does. */
const MAX_HEAP_SHORT_MB = 60;

async function run({ short, share, report }) {
  const { count, rounds } = shrink(short ? SIZES.short : SIZES.full, share);
  const subjects = {
    nobody: () => weighNew(0),
    again: () => weighNew(0),
    waiting: () => weighNew(count),
  };
  const measured = await measureInTurns(subjects, rounds);
  const differences = (name, what) =>
    measured[name].map((each, round) => (each[what] - measured.nobody[round][what]) / MEGABYTE);
  const pick = (name, what) => measured[name].map((each) => each[what] / MEGABYTE);
  report.figure('resident with nobody', estimate(pick('nobody', 'resident')), { unit: 'MB' });
  report.figure('the same again (noise)', estimate(differences('again', 'resident')), {
    unit: 'MB',
  });
  const whose = `${count.toLocaleString('en-US')} waiting`;
  report.figure(`resident with ${whose}`, estimate(pick('waiting', 'resident')), { unit: 'MB' });
  report.figure(`${whose} add to the heap`, estimate(differences('waiting', 'heap')), {
    unit: 'MB',
    ...(short && { max: MAX_HEAP_SHORT_MB }),
  });
}

async function weighNew(count) {
  const worker = await startWorker(PROGRAM, { count });
  try {
    return await worker.ask('weigh');
  } finally {
    await worker.stop();
  }
}

module.exports = { run, summary };
