'use strict';
const { measureInTurns, shrink } = require('../harness/rounds');
const { estimate, toRatios } = require('../harness/statistics');
const { startWorker } = require('../harness/workers');

const summary =
  'what each person who owes an answer takes, and what a sweep takes with many of them';

const PROGRAM = require.resolve('./worker');
const SIZES = {
  full: { counts: [10_000, 100_000, 1_000_000], rounds: 31 },
  short: { counts: [10_000, 40_000], rounds: 11 },
};
const MAX_BYTES = 250;
/** What is flat does not get longer by more than this while there are a hundred times as many. */
const MAX_GROWTH = 1.5;
const MAX_SHORT = { bytes: 1500, growth: 3 };
/** Deadlines that are still far away may come by in that many sweeps, each half an hour apart. */
const HOURS_TO_DROP = 48;

async function run({ short, share, report }) {
  const { counts, rounds } = shrink(short ? SIZES.short : SIZES.full, share);
  const limits = short ? MAX_SHORT : { bytes: MAX_BYTES, growth: MAX_GROWTH };
  if (rounds / 2 > HOURS_TO_DROP)
    throw new Error('Somebody would be dropped while it is measured.');
  const workers = {};
  try {
    for (const count of [counts[0], ...counts]) {
      const name = count in workers ? 'again' : count;
      workers[name] = await startWorker(PROGRAM, { count });
    }
    for (const count of counts) {
      const { all, list } = await workers[count].ask('weigh');
      const label = `${toText(count)} wait: each takes`;
      report.figure(`${label}, on the waiting list`, list, { unit: 'bytes' });
      report.figure(`${label}, in all`, all, { unit: 'bytes', max: limits.bytes });
    }
    await measureSweeps(report, { workers, counts, rounds, limits, short });
  } finally {
    for (const worker of Object.values(workers)) await worker.stop();
  }
}

async function measureSweeps(report, { workers, counts, rounds, limits, short }) {
  const subjects = Object.entries(workers).map(([name, worker]) => [
    name,
    () => worker.ask('sweep'),
  ]);
  await measureInTurns(Object.fromEntries(subjects), 5);
  const measured = await measureInTurns(Object.fromEntries(subjects), rounds);
  const [few] = counts;
  const pick = (name, what) => measured[name].map((each) => each[what]);
  report.figure(
    'the same again (noise)',
    estimate(toRatios(pick('again', 'due'), pick(few, 'due'))),
    {
      unit: '×',
    },
  );
  for (const count of counts) {
    report.figure(
      `${toText(count)} wait: a sweep with nothing due`,
      estimate(pick(count, 'idle')),
      {
        unit: 'µs',
      },
    );
    report.figure(`${toText(count)} wait: a sweep with 500 due`, estimate(pick(count, 'due')), {
      unit: 'µs',
    });
    if (count === few) continue;
    const growth = estimate(toRatios(pick(count, 'due'), pick(few, 'due')));
    report.figure(`500 due of ${toText(count)} against ${toText(few)}`, growth, {
      unit: '×',
      max: limits.growth,
      isLenient: short,
    });
  }
}

function toText(count) {
  return count.toLocaleString('en-US');
}

module.exports = { run, summary };
