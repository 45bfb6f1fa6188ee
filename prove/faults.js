'use strict';
const { clockFaults } = require('./faults/clock-faults');
const { exporterFaults, tracerFaults } = require('./faults/exporter-faults');
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
  isCounted: false,
  prepare: async () => ({ options: {}, enterPhase: () => {}, close: async () => {} }),
};
const FAULTS = [
  NONE,
  ...storeFaults,
  ...journalFaults,
  ...exporterFaults,
  ...tracerFaults,
  ...registryFaults,
  ...clockFaults,
  ...hashFaults,
];
const ROUNDS = { full: 30, short: 4 };
const MAX_GROWTH_MS = 5;

async function run({ short, report }) {
  const rounds = short ? ROUNDS.short : ROUNDS.full;
  const restore = silence();
  try {
    await runTrial(NONE, 2);
    for (const fault of FAULTS) {
      report.progress(`${fault.part} ${fault.kind}`);
      await prove(fault, rounds, report);
    }
  } finally {
    restore();
  }
}

async function prove(fault, rounds, report) {
  const what = `${fault.part} ${fault.kind}`;
  const name = what.replaceAll(' ', '_');
  const { isSame, times, contained, warnings } = await runTrial(fault, rounds);
  const growth = growthOf(times);
  const reported = [...warnings.values()].reduce((sum, count) => sum + count, 0);
  report.figure(`${name}_turn_growth_median`, growth.median, 'ms');
  report.figure(`${name}_turn_growth_worst_step`, growth.worstStep, 'ms');
  report.figure(`${name}_turn_growth_slowest`, growth.slowest, 'ms');
  report.figure(`${name}_turn_noise`, growth.noise, 'ms');
  report.figure(`${name}_contained`, contained, 'errors');
  report.figure(`${name}_reported`, reported, 'warnings');
  report.holds(isSame, `${what}: the bot did not say the same.`);
  holdTimes(what, growth, report);
  if (fault.isCounted) report.holds(contained > 0, `${what}: it was counted nowhere.`);
  for (const [kind, times] of warnings) {
    report.holds(times === 1, `${what}: "${kind}" was reported ${times} times.`);
  }
}

/** On a machine that is busy with other things, what is slow now and then says nothing about us. */
function holdTimes(what, { worstStep, slowest, noise }, report) {
  const late = (turns, ms) => `${what}: ${turns} took ${ms.toFixed(1)} ms longer.`;
  const isQuiet = noise < 2 * MAX_GROWTH_MS;
  report.holds(worstStep < MAX_GROWTH_MS + noise, late('the turns of a step', worstStep));
  if (isQuiet) report.holds(slowest < MAX_GROWTH_MS, late('the slowest turns', slowest));
}

/**
 * By how much turns grow: all of them, those of the step that grows most, and the slowest in a
 * hundred. What the machine does besides shows in how far the slowest of the plain bot's own lie
 * above the usual.
 */
function growthOf(times) {
  const plain = times.map((each) => each.plain);
  const tracked = times.map((each) => each.tracked);
  const grown = groupBySteps(times);
  const ofSteps = [...grown.values()].map((turns) =>
    median(turns.map((each) => each.tracked - each.plain)),
  );
  return {
    median: median(times.map((each) => each.tracked - each.plain)),
    worstStep: Math.max(...ofSteps),
    slowest: quantile(tracked, 0.99) - quantile(plain, 0.99),
    noise: quantile(plain, 0.99) - median(plain),
  };
}

function groupBySteps(times) {
  const groups = new Map();
  for (const each of times) groups.set(each.step, [...(groups.get(each.step) ?? []), each]);
  return groups;
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
