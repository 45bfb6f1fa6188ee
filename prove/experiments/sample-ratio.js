'use strict';
const { load } = require('../load');
const { createRandom } = require('./verdicts');
const { testSampleRatio } = load('@turnspan/experiments');

const USERS = 20_000;

/** Users who are shared out wrongly are found, and those who are not are let be. */
function proveSampleRatio({ mismatchRuns, runs }, report) {
  report.progress('sample ratio');
  const random = createRandom(52);
  const found = findMismatches({ share: 0.52, runs }, random);
  const imagined = findMismatches({ share: 0.5, runs: mismatchRuns }, random);
  report.figure('shared_52_to_48_found', found * 100, '%');
  report.figure('shared_50_to_50_called_wrong', imagined * 100, '%');
  report.holds(found >= 0.95, `Only ${found} of the experiments shared 52 to 48 were found.`);
  report.holds(
    imagined <= 0.002,
    `${imagined} of the experiments shared evenly were called wrong.`,
  );
}

function findMismatches({ share, runs }, random) {
  let found = 0;
  for (let run = 0; run < runs; run += 1) {
    let first = 0;
    for (let user = 0; user < USERS; user += 1) if (random() < share) first += 1;
    const counts = [first, USERS - first].map((exposed) => ({ weight: 1, exposed }));
    if (testSampleRatio(counts).pValue < 0.001) found += 1;
  }
  return found / runs;
}

module.exports = { proveSampleRatio };
