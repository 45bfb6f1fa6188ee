'use strict';
const { proveAssignment } = require('./experiments/assignment');
const { proveGuardrails } = require('./experiments/guardrails');
const { proveSampleRatio } = require('./experiments/sample-ratio');
const { proveStores } = require('./experiments/stores');
const { proveTimes } = require('./experiments/times');
const { proveVerdicts } = require('./experiments/verdicts');

const summary =
  'thousands of simulated experiments, looked at all the time: winners are winners, and found';

const SIZES = {
  full: { runs: 2_000, users: 10_000, mismatchRuns: 10_000, assigned: 1_000_000, waitRuns: 1_000 },
  short: { runs: 300, users: 4_000, mismatchRuns: 1_000, assigned: 200_000, waitRuns: 100 },
};

async function run({ short, report }) {
  const size = short ? SIZES.short : SIZES.full;
  proveAssignment(size, report);
  await proveStores(report);
  proveVerdicts(size, report);
  proveSampleRatio(size, report);
  proveGuardrails(size, report);
  proveTimes(size, report);
}

module.exports = { run, summary };
