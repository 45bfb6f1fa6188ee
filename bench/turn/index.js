'use strict';
const { installPeers } = require('../harness/peers');
const { measureInTurns, shrink } = require('../harness/rounds');
const { estimate, median, toRatios } = require('../harness/statistics');
const { startWorker } = require('../harness/workers');
const { SHAPES } = require('./bot');
const { tellWeights, weigh } = require('./weigh');

const summary = 'a turn of a Botkit bot: without us, with parts of us, with everything, with peers';

const PROGRAM = require.resolve('./worker');
const OURS = ['bare', 'control', 'metrics', 'spans', 'journal', 'everything'];
const PEERS = ['telemetryLogger', 'agentsTelemetry'];
/** Each generation has new processes, as each process is compiled a little differently. */
const SIZES = {
  full: {
    generations: 3,
    rounds: 24,
    forms: 8,
    warmUp: 200,
    shapes: Object.keys(SHAPES),
    variants: [...OURS, ...PEERS],
  },
  short: {
    generations: 1,
    rounds: 25,
    forms: 8,
    warmUp: 80,
    shapes: ['question'],
    variants: ['bare', 'control', 'metrics'],
  },
};
const MAX_SHARE = { metrics: 1.03, everything: 1.08 };
/** Far above what it is on a busy machine, and below what a mistake in the hot path costs. */
const MAX_SHARE_SHORT = { metrics: 3 };
/** These do not depend on what else the machine does. */
const MAX_WEIGHT_SHORT = { metrics: { kilobytes: 80, more: 20 } };
const MAX_OFF_US = 0.2;

async function run({ short, only, share, report }) {
  const size = shrink(short ? SIZES.short : SIZES.full, share);
  const peers = size.variants.some((name) => PEERS.includes(name)) ? await installPeers() : {};
  const variants = chooseVariants(size.variants, { only, peers, report });
  const measured = await measureGenerations(variants, { ...size, peers: peers.folder });
  for (const shape of size.shapes) {
    tellShape(report, {
      shape,
      of: measured[shape],
      limits: short ? MAX_SHARE_SHORT : MAX_SHARE,
      isLenient: short,
    });
  }
  const weighed = await weigh(
    variants.filter((name) => name !== 'control'),
    peers.folder,
  );
  tellWeights(report, weighed, short ? MAX_WEIGHT_SHORT : {});
  if (!short) await tellOff(report);
}

function chooseVariants(variants, { only, peers, report }) {
  const wanted = only
    ? variants.filter((name) => ['bare', 'control', ...only].includes(name))
    : variants;
  if (peers.folder || !wanted.includes('agentsTelemetry')) return wanted;
  report.missing('@microsoft/agents-telemetry', peers.reason);
  return wanted.filter((name) => name !== 'agentsTelemetry');
}

async function measureGenerations(variants, size) {
  const all = {};
  for (let generation = 0; generation < size.generations; generation += 1) {
    const measured = await measureGeneration(variants, size);
    for (const [shape, times] of Object.entries(measured)) {
      all[shape] ??= Object.fromEntries(variants.map((name) => [name, []]));
      for (const [name, list] of Object.entries(times)) all[shape][name].push(...list);
    }
  }
  return all;
}

async function measureGeneration(variants, { shapes, rounds, forms, warmUp, peers }) {
  const workers = {};
  try {
    for (const variant of variants) {
      workers[variant] = await startWorker(PROGRAM, { variant, peers });
      for (const shape of shapes) await workers[variant].ask('warmUp', { shape, forms: warmUp });
    }
    const measured = {};
    for (const shape of shapes) {
      const toTalk = ([name, worker]) => [name, () => worker.ask('talk', { shape, forms })];
      await measureInTurns(Object.fromEntries(Object.entries(workers).map(toTalk)), rounds);
      measured[shape] = await collect(workers);
    }
    return measured;
  } finally {
    for (const worker of Object.values(workers)) await worker.stop();
  }
}

async function collect(workers) {
  const asked = Object.entries(workers).map(async ([name, worker]) => [
    name,
    await worker.ask('collect'),
  ]);
  return Object.fromEntries(await Promise.all(asked));
}

function tellShape(report, { shape, of, limits, isLenient }) {
  const pick = (name, clock) => of[name].map((each) => each[clock]);
  const bare = pick('bare', 'threadUs');
  report.figure(`${shape}: the turn without us`, estimate(bare), { unit: 'µs' });
  for (const name of Object.keys(of).filter((each) => each !== 'bare')) {
    const thread = pick(name, 'threadUs');
    const ratio = estimate(toRatios(thread, bare));
    const limit = limits[name] && { max: limits[name], isLenient };
    const label = name === 'control' ? 'the same again (noise)' : name;
    report.figure(`${shape}: ${label}`, ratio, { unit: '×', ...limit });
    if (name === 'control') continue;
    const added = estimate(thread.map((time, index) => time - bare[index]));
    report.figure(`${shape}: ${name} adds to the bot's thread`, added, { unit: 'µs' });
    const whole = pick(name, 'processUs').map((time, at) => time - pick('bare', 'processUs')[at]);
    report.figure(`${shape}: ${name} adds to the process`, median(whole), { unit: 'µs' });
  }
  for (const peer of PEERS.filter((name) => of[name] && of.metrics)) {
    const ratio = estimate(toRatios(pick('metrics', 'threadUs'), pick(peer, 'threadUs')));
    report.figure(`${shape}: metrics against ${peer}`, ratio, { unit: '×', max: 1, peer });
  }
}

async function tellOff(report) {
  const worker = await startWorker(PROGRAM, { variant: 'bare' });
  try {
    const differences = await worker.ask('off', 300_000);
    report.figure('off', estimate(differences), { unit: 'µs', max: MAX_OFF_US });
  } finally {
    await worker.stop();
  }
}

module.exports = { run, summary };
