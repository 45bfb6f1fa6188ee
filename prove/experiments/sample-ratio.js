'use strict';
const { load } = require('../load');
const { createRandom } = require('./verdicts');
const { sampleRatioPValue, testSampleRatio } = load('@turnspan/experiments');

const USERS = 20_000;
const LOOK_EVERY = 50;
const ALPHA = 0.002;

/** Users who are shared out wrongly are found, and those who are not are let be at every look. */
function proveSampleRatio({ mismatchRuns, runs }, report) {
  report.progress('sample ratio');
  const random = createRandom(52);
  const lopsided = playRuns({ share: 0.52, runs }, random);
  const even = playRuns({ share: 0.5, runs: mismatchRuns }, random);
  report.figure('shared_52_to_48_found', lopsided.ever * 100, '%');
  report.figure('shared_52_to_48_found_at_the_last_look', lopsided.last * 100, '%');
  report.figure('shared_50_to_50_called_wrong_at_some_look', even.ever * 100, '%');
  report.figure('shared_50_to_50_called_wrong_by_the_usual_test', even.usual * 100, '%');
  const found = `Only ${lopsided.ever} of the experiments shared 52 to 48 were found.`;
  report.holds(lopsided.ever >= 0.95, found);
  report.holds(even.ever <= ALPHA, `${even.ever} of those shared evenly were called wrong.`);
}

function playRuns({ share, runs }, random) {
  const total = { ever: 0, last: 0, usual: 0 };
  for (let run = 0; run < runs; run += 1) {
    const seen = playRun(share, random);
    for (const name of Object.keys(total)) total[name] += Number(seen[name]) / runs;
  }
  return total;
}

function playRun(share, random) {
  const seen = { ever: false, last: false, usual: false };
  let first = 0;
  for (let user = 1; user <= USERS; user += 1) {
    if (random() < share) first += 1;
    if (user % LOOK_EVERY !== 0) continue;
    const counts = [first, user - first].map((exposed) => ({ weight: 1, exposed }));
    seen.last = sampleRatioPValue(counts) < ALPHA;
    seen.ever ||= seen.last;
    seen.usual ||= testSampleRatio(counts).pValue < ALPHA;
  }
  return seen;
}

module.exports = { proveSampleRatio };
