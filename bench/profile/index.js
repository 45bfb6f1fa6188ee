'use strict';
const { shrink } = require('../harness/rounds');
const { startWorker } = require('../harness/workers');

const summary = 'where the time of a turn goes with everything on, by a sampling profiler';

const PROGRAM = require.resolve('./worker');
const SIZES = { full: { forms: 400, warmUp: 200 }, short: { forms: 40, warmUp: 20 } };
const SHAPE = 'question';
const FUNCTIONS = 10;

async function run({ short, share, report }) {
  const size = shrink(short ? SIZES.short : SIZES.full, share);
  const worker = await startWorker(PROGRAM, { variant: 'everything' });
  try {
    const { owners, functions } = await worker.ask('profile', { shape: SHAPE, ...size });
    for (const [name, share] of owners) {
      report.figure(`${name}`, share * 100, { unit: '%' });
    }
    for (const [name, share] of functions.slice(0, FUNCTIONS)) {
      report.figure(`function ${name}`, share * 100, { unit: '%' });
    }
  } finally {
    await worker.stop();
  }
}

module.exports = { run, summary };
