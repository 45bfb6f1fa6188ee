'use strict';
const { startWorker } = require('../harness/workers');

const PROGRAM = require.resolve('./worker-weigh');
/** All that a measurement allocates fits into the young heap, so that nothing of it is collected. */
const YOUNG_MB = 256;
const FLAGS = [
  '--expose-gc',
  `--min-semi-space-size=${YOUNG_MB}`,
  `--max-semi-space-size=${YOUNG_MB}`,
];
const SIZE = { shape: 'question', forms: 40 };
const WARM_UP_FORMS = 100;

/** The bytes that a turn allocates and the promises that it makes, for each variant by its name. */
async function weigh(variants, peers) {
  const weighed = {};
  for (const variant of variants) weighed[variant] = await weighVariant({ variant, peers });
  return weighed;
}

async function weighVariant(setup) {
  const worker = await startWorker(PROGRAM, setup, { execArgv: FLAGS });
  try {
    const { bytes, collections } = await worker.ask('weigh', { ...SIZE, warmUp: WARM_UP_FORMS });
    if (collections > 0) throw new Error('Memory was collected while it was weighed.');
    return { bytes, promises: await worker.ask('count', SIZE) };
  } finally {
    await worker.stop();
  }
}

/** Tells what each variant adds to the bot; `limits` are what the additions are held against. */
function tellWeights(report, { bare, ...others }, limits = {}) {
  report.figure('a turn without us allocates', bare.bytes / 1024, { unit: 'KB' });
  report.figure('a turn without us makes', bare.promises, { unit: 'promises' });
  for (const [name, { bytes, promises }] of Object.entries(others)) {
    const { kilobytes, more } = limits[name] ?? {};
    report.figure(`${name} allocates more`, (bytes - bare.bytes) / 1024, {
      unit: 'KB',
      max: kilobytes,
    });
    report.figure(`${name} makes more`, promises - bare.promises, { unit: 'promises', max: more });
  }
}

module.exports = { tellWeights, weigh };
