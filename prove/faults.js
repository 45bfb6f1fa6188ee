'use strict';
const { clockFaults } = require('./faults/clock-faults');
const { exporterFaults, loggerFaults, tracerFaults } = require('./faults/exporter-faults');
const { hashFaults } = require('./faults/hash-faults');
const { journalFaults } = require('./faults/journal-faults');
const { registryFaults } = require('./faults/registry-faults');
const { storeFaults } = require('./faults/store-faults');
const { runTrial } = require('./faults/trial');
const { median, quantile } = require('./statistics');

const summary =
  'everything of ours fails in every way: the bot says the same, as fast, and it is counted';

const NONE = {
  part: 'nothing',
  kind: 'broken',
  uncounted: 'nothing fails',
  prepare: async () => ({ options: {}, enterPhase: () => {}, close: async () => {} }),
};
const FAULTS = [
  NONE,
  ...storeFaults,
  ...journalFaults,
  ...exporterFaults,
  ...tracerFaults,
  ...loggerFaults,
  ...registryFaults,
  ...clockFaults,
  ...hashFaults,
];
const ROUNDS = { full: 30, short: 4 };
const MAX_GROWTH_MS = 5;
/** How often the turns of a fault are measured until the machine is quiet. */
const ATTEMPTS = { full: 3, short: 1 };

const TOO_BUSY =
  'The machine was too busy to hold the slowest turns of any fault; run this again on a quiet one.';

async function run({ short, report }) {
  const size = short ? 'short' : 'full';
  const plan = { rounds: ROUNDS[size], attempts: ATTEMPTS[size] };
  let noisy = 0;
  const restore = silence();
  try {
    await runTrial(NONE, 2);
    for (const fault of FAULTS) {
      report.progress(`${fault.part} ${fault.kind}`);
      if (!isQuiet(await prove(fault, plan, report))) noisy += 1;
    }
    report.figure('faults_on_a_busy_machine', noisy, 'faults');
    report.holds(noisy < FAULTS.length, TOO_BUSY);
  } finally {
    restore();
  }
}

/** Plays a fault until the machine is quiet, or often enough, and gives the quietest trial. */
async function prove(fault, { rounds, attempts }, report) {
  const what = `${fault.part} ${fault.kind}`;
  const trials = [];
  while (trials.length < attempts && !trials.some(isQuiet)) {
    trials.push(await measure(fault, rounds));
    holdOutcome(what, { fault, rounds, ...trials.at(-1) }, report);
  }
  const [quietest] = trials.sort((a, b) => a.noise.p99 - b.noise.p99);
  reportTrial(what, quietest, report);
  holdTimes(what, quietest, report);
  return quietest;
}

async function measure(fault, rounds) {
  const trial = await runTrial(fault, rounds);
  const growth = spread(trial.times.map((turn) => turn.growth));
  const noise = spread(trial.times.map((turn) => turn.noise));
  return { ...trial, growth, noise };
}

/** By how much turns grow: the usual one, the slowest in a hundred, and the slowest of all. */
function spread(growths) {
  return { median: median(growths), p99: quantile(growths, 0.99), worst: Math.max(...growths) };
}

/** The trial is chosen by what two plain bots differ in, never by how the tracked one does. */
function isQuiet({ noise }) {
  return noise.p99 < MAX_GROWTH_MS;
}

function holdOutcome(what, { fault, rounds, isSame, contained, minutes, warnings }, report) {
  report.holds(isSame, `${what}: the bot did not say the same.`);
  const { countedFrom = 1, uncounted = `${rounds} rounds are too few` } = fault;
  if (fault.uncounted === undefined && rounds >= countedFrom) {
    report.holds(contained > 0, `${what}: it was counted nowhere.`);
  } else {
    report.holds(contained === 0, `${what}: ${contained} failures where ${uncounted}.`);
  }
  for (const [kind, times] of warnings) {
    report.holds(times <= minutes, `${what}: "${kind}" was reported ${times} times.`);
  }
}

function reportTrial(what, { growth, noise, contained, warnings }, report) {
  const name = what.replaceAll(' ', '_');
  for (const [share, ms] of Object.entries(growth)) {
    report.figure(`${name}_turn_growth_${share}`, ms, 'ms');
  }
  for (const [share, ms] of Object.entries(noise)) {
    report.figure(`${name}_noise_${share}`, ms, 'ms');
  }
  const reported = [...warnings.values()].reduce((sum, count) => sum + count, 0);
  report.figure(`${name}_contained`, contained, 'errors');
  report.figure(`${name}_reported`, reported, 'warnings');
}

/**
 * What Turnspan adds to what two plain bots differ in by themselves. Where those differ by more than
 * may be added, the machine is too busy to say anything of the slowest turns, and only a bot that
 * waits for what is broken would be noticed.
 */
function holdTimes(what, { growth, noise }, report) {
  const hold = (ms, allowed, turn) => {
    report.holds(ms < allowed, `${what}: ${turn} took ${ms.toFixed(1)} ms longer.`);
  };
  hold(growth.median, MAX_GROWTH_MS + noise.p99, 'the usual turn');
  for (const share of ['p99', 'worst']) {
    if (noise[share] >= MAX_GROWTH_MS) continue;
    hold(growth[share], MAX_GROWTH_MS + noise[share], `the slowest turn (${share})`);
  }
}

/** What is broken on purpose is logged by Botkit and warned of by Node; nobody needs to read it. */
function silence() {
  const { error } = console;
  const listeners = process.listeners('warning');
  console.error = () => {};
  process.removeAllListeners('warning');
  return () => {
    console.error = error;
    for (const listener of listeners) process.on('warning', listener);
  };
}

module.exports = { run, summary };
