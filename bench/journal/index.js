'use strict';
const { join } = require('node:path');
const { shrink } = require('../harness/rounds');
const { estimate, toRatios } = require('../harness/statistics');
const { load } = require('../harness/load');
const { measureDelay } = require('./delay');
const { PLACES } = require('./places');
const { measureReport } = require('./reports');
const { createVisits } = require('./visits');

const { toRecord } = require(join(load.resolve('@turnspan/journal'), '..', 'to-record.js'));

const summary = 'visits a second into a journal against a bare insert, and what reading takes';

const SIZES = {
  full: { visits: 3_000, rounds: 9, seconds: 3, reports: [100_000, 1_000_000, 10_000_000] },
  short: { visits: 500, rounds: 5, seconds: 0, reports: [], places: ['sqlite'] },
};
const MIN_SHARE = 0.8;
const MAX_DELAY_MS = 2;
const MAX_GROWTH = 1.5;
/** Far below what it is on a busy machine. */
const MIN_SHARE_SHORT = 0.01;
const WARM_UPS = 2;

async function run({ short, only, share, report }) {
  const size = shrink(short ? SIZES.short : SIZES.full, share);
  for (const name of only ?? size.places ?? Object.keys(PLACES)) {
    await measurePlace(report, { name, size, short });
  }
  await measureReports(report, size.reports);
}

async function measurePlace(report, { name, size, short }) {
  const place = await PLACES[name](size.visits);
  try {
    const times = await measureWriting(place, size);
    const rate = (list) => estimate(list.map((ms) => (size.visits * 1000) / ms));
    report.figure(`${name}: a bare insert`, rate(times.bare), { unit: 'visits a second' });
    report.figure(`${name}: the journal`, rate(times.journal), { unit: 'visits a second' });
    const noise = estimate(toRatios(times.bare, times.again));
    report.figure(`${name}: the same again (noise)`, noise, { unit: '×' });
    const share = estimate(toRatios(times.bare, times.journal));
    report.figure(`${name}: the journal against the bare insert`, share, {
      unit: '×',
      min: short ? MIN_SHARE_SHORT : MIN_SHARE,
      isLenient: short,
    });
    if (size.seconds > 0) await tellDelay(report, { name, place, seconds: size.seconds });
  } finally {
    await place.close();
  }
}

async function measureWriting(place, { visits, rounds }) {
  const times = { bare: [], journal: [], again: [] };
  for (let round = 0; round < WARM_UPS + rounds; round += 1) {
    const took = {};
    took.journal = await time(() => tellJournal(place.journal, createVisits(visits)));
    for (const name of ['bare', 'again']) {
      const rows = createRows(visits);
      took[name] = await time(() => place.insert(rows));
    }
    if (round < WARM_UPS) continue;
    for (const [name, ms] of Object.entries(took)) times[name].push(ms);
  }
  if (place.journal.dropped > 0) throw new Error('The journal has lost visits.');
  return times;
}

async function tellJournal(journal, visits) {
  for (const visit of visits) journal.observe(visit);
  await journal.flush();
}

/** The visits as a journal keeps them. */
function createRows(count) {
  return createVisits(count).map((visit) => toRecord(visit).row);
}

async function time(run) {
  const from = performance.now();
  await run();
  return performance.now() - from;
}

async function tellDelay(report, { name, place, seconds }) {
  const pairs = [];
  for (let round = 0; round < 3; round += 1) {
    pairs.push([
      await measureDelay(undefined, seconds),
      await measureDelay(place.journal, seconds),
    ]);
  }
  const pick = (index) => estimate(pairs.map((pair) => pair[index]));
  const label = `${name}: delay of the event loop, 99 %`;
  report.figure(`${label}, with nothing (noise)`, pick(0), { unit: 'ms' });
  report.figure(`${label}, at 2,000 visits a second`, pick(1), { unit: 'ms', max: MAX_DELAY_MS });
}

async function measureReports(report, sizes) {
  const seconds = [];
  for (const visits of sizes) {
    seconds.push(await measureReport(visits));
    const label = `report over ${visits.toLocaleString('en-US')} visits`;
    report.figure(label, seconds.at(-1), { unit: 's' });
  }
  if (sizes.length < 3) return;
  const growth = seconds.at(-1) / seconds.at(-2);
  report.figure('report over ten times the visits', growth, { unit: '×', max: MAX_GROWTH });
}

module.exports = { run, summary };
