'use strict';
const { measureInTurns, shrink } = require('../harness/rounds');
const { estimate, toRatios } = require('../harness/statistics');
const { startStopwatch } = require('../harness/stopwatch');
const { countLines, createOurs, createPlain } = require('./registries');

const summary = 'what a scrape takes, beside the same series in plain metrics of prom-client';

const SIZES = {
  full: { lines: [7_600, 76_000], rounds: 15 },
  short: { lines: [7_600], rounds: 9 },
};
const MAX_RATIO = 1;
/** What a busy machine must not fail; it is far below this. */
const MAX_RATIO_SHORT = 2;

async function run({ short, share, report }) {
  const { lines, rounds } = shrink(short ? SIZES.short : SIZES.full, share);
  for (const size of lines) await measureSize(report, { size, rounds, short });
}

async function measureSize(report, { size, rounds, short }) {
  const ours = await createOurs(size);
  const plain = await createPlain(ours);
  const subjects = {
    ours: () => scrape(ours),
    plain: () => scrape(plain),
    again: () => scrape(plain),
  };
  await measureInTurns(subjects, 2);
  const measured = await measureInTurns(subjects, rounds);
  const pick = (name, what) => measured[name].map((each) => each[what]);
  const name = `${size.toLocaleString('en-US')} lines`;
  report.figure(`${name}: lines of ours`, await countLines(ours), { unit: 'lines' });
  report.figure(`${name}: lines of prom-client`, await countLines(plain), { unit: 'lines' });
  const noise = estimate(toRatios(pick('again', 'ms'), pick('plain', 'ms')));
  report.figure(`${name}: the same again (noise)`, noise, { unit: '×' });
  for (const subject of ['ours', 'plain']) {
    const whose = subject === 'ours' ? 'ours' : 'prom-client';
    report.figure(`${name}: ${whose}`, estimate(pick(subject, 'ms')), { unit: 'ms' });
    const block = estimate(pick(subject, 'blockMs'));
    report.figure(`${name}: longest block, ${whose}`, block, { unit: 'ms' });
    const [bytes] = pick(subject, 'bytes');
    report.figure(`${name}: text of ${whose}`, bytes, { unit: 'bytes' });
  }
  const ratio = estimate(toRatios(pick('ours', 'ms'), pick('plain', 'ms')));
  const max = short ? MAX_RATIO_SHORT : MAX_RATIO;
  report.figure(`${name}: ours against prom-client`, ratio, {
    unit: '×',
    max,
    isLenient: short,
    peer: 'prom-client',
  });
}

/** Reads the text, while the event loop goes round as often as it can: its longest round is the block. */
async function scrape(registry) {
  const rounds = watchLoop();
  await new Promise(setImmediate);
  const stop = startStopwatch();
  const text = await registry.metrics();
  const { threadUs } = stop();
  await new Promise(setImmediate);
  return { ms: threadUs / 1000, blockMs: rounds.stop(), bytes: text.length };
}

function watchLoop() {
  let longest = 0;
  let last = performance.now();
  let isOver = false;
  const goRound = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) setImmediate(goRound);
  };
  setImmediate(goRound);
  return {
    stop: () => {
      isOver = true;
      return longest;
    },
  };
}

module.exports = { run, summary };
