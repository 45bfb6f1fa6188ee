'use strict';
const { availableParallelism } = require('node:os');
const { startPostgres } = require('../../prove/servers/postgres');
const { startRedis } = require('../../prove/servers/redis');
const { estimate, toRatios } = require('../harness/statistics');
const { shrink } = require('../harness/rounds');
const { startWorker } = require('../harness/workers');

const summary = 'several processes of a bot on one Redis and one Postgres';

const PROGRAM = require.resolve('../turn/worker');
const SIZES = {
  full: { processes: [1, 2, 4], rounds: 7, forms: 20, warmUp: 100 },
  short: { processes: [1, 2], rounds: 3, forms: 8, warmUp: 20 },
};
const SHAPE = 'question';
/** What the bot itself gains by more processes is what the cores give. */
const MIN_SHARE_OF_CORES = 0.8;
const MAX_GROWTH = 1.2;
/** With so few rounds only what is certain is judged. */
const SHORT = { share: 0.3, growth: 3 };

async function run({ short, share, report }) {
  const size = shrink(short ? SIZES.short : SIZES.full, share);
  const redis = await startRedis({ isDurable: false });
  const postgres = await startPostgres({ isDurable: true });
  const most = Math.max(...size.processes);
  const workers = {};
  try {
    const urls = { redis: redis.url, postgres: postgres.url };
    for (const variant of ['bare', 'shared']) {
      workers[variant] = await startMany(most, { variant, ...urls }, size.warmUp);
    }
    tell(report, await measure(workers, size), { size, short });
  } finally {
    for (const worker of Object.values(workers).flat()) await worker.stop();
    await redis.stop();
    await postgres.stop();
  }
}

async function startMany(count, setup, forms) {
  const workers = [];
  for (let index = 0; index < count; index += 1) {
    workers.push(await startWorker(PROGRAM, setup));
    await workers[index].ask('warmUp', { shape: SHAPE, forms });
  }
  return workers;
}

/** Turns a second and microseconds of a turn, for each variant and number of processes. */
async function measure(workers, { processes, rounds, forms }) {
  const measured = {};
  for (let round = 0; round < rounds; round += 1) {
    const order = processes.flatMap((count) => [
      ['bare', count],
      ['shared', count],
    ]);
    if (round % 2 === 1) order.reverse();
    for (const [variant, count] of order) {
      measured[`${variant} ${count}`] ??= [];
      const talked = await talk(workers[variant].slice(0, count), forms);
      measured[`${variant} ${count}`].push(talked);
    }
  }
  return measured;
}

async function talk(workers, forms) {
  const from = performance.now();
  await Promise.all(workers.map((worker) => worker.ask('talk', { shape: SHAPE, forms })));
  const seconds = (performance.now() - from) / 1000;
  const costs = await Promise.all(workers.map((worker) => worker.ask('collect')));
  const [one] = costs.map((batches) => batches.at(-1).threadUs).sort((a, b) => a - b);
  return { rate: (workers.length * forms * 5) / seconds, us: one };
}

function tell(report, measured, { size, short }) {
  const pick = (name, what) => measured[name].map((each) => each[what]);
  report.note(`This machine has ${availableParallelism()} processors.`);
  const [fewest, ...more] = size.processes;
  for (const count of size.processes) tellCosts(report, count, pick);
  for (const count of more) tellGain(report, { count, fewest, pick, short });
}

function tellCosts(report, count, pick) {
  const label = toLabel(count);
  const rate = (variant) => estimate(pick(`${variant} ${count}`, 'rate'));
  report.figure(`${label}: turns without us`, rate('bare'), { unit: 'a second' });
  report.figure(`${label}: turns on Redis and Postgres`, rate('shared'), { unit: 'a second' });
  const bare = pick(`bare ${count}`, 'us');
  const added = estimate(pick(`shared ${count}`, 'us').map((time, at) => time - bare[at]));
  report.figure(`${label}: added to the bot's thread for a turn`, added, { unit: 'µs' });
}

function tellGain(report, { count, fewest, pick, short }) {
  const gain = (variant) =>
    toRatios(pick(`${variant} ${count}`, 'rate'), pick(`${variant} ${fewest}`, 'rate'));
  const share = estimate(toRatios(gain('shared'), gain('bare')));
  report.figure(`${toLabel(count)}: gain against that of the bot without us`, share, {
    unit: '×',
    min: short ? SHORT.share : MIN_SHARE_OF_CORES,
    isLenient: short,
  });
  const times = toRatios(pick(`shared ${count}`, 'us'), pick(`shared ${fewest}`, 'us'));
  report.figure(`${toLabel(count)}: a turn against one process`, estimate(times), {
    unit: '×',
    max: short ? SHORT.growth : MAX_GROWTH,
    isLenient: short,
  });
}

function toLabel(count) {
  return `${count} ${count === 1 ? 'process' : 'processes'}`;
}

module.exports = { run, summary };
