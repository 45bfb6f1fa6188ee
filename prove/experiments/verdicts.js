'use strict';
const { load } = require('../load');
const { planExperiment, simulateExperiments } = load('@turnspan/experiments');
const { Random } = load('@turnspan/testing');

/** Rates between which there is no difference. */
const ALIKE = [
  [0.05, 0.05],
  [0.3, 0.3],
  [0.5, 0.5],
  [0.3, 0.3, 0.3],
];

/** Rates between which there is one. */
const DIFFERENT = [
  [0.1, 0.14],
  [0.4, 0.48],
  [0.6, 0.5],
];

/** No winner where there is none, the truth within the bounds, and a winner where there is one. */
function proveVerdicts(size, report) {
  for (const rates of ALIKE) proveAlike(rates, size, report);
  for (const [index, rates] of DIFFERENT.entries()) proveDifferent({ rates, index }, size, report);
}

function proveAlike(rates, { runs, users }, report) {
  const [rate] = rates;
  const name = `${rates.length}_alike_at_${toPercent(rate)}_percent`;
  report.progress(name);
  const random = createRandom(100 * rate + rates.length);
  const seen = simulateExperiments({ rates, users, runs, random });
  report.figure(`${name}_false_winners`, seen.winners * 100, '%');
  report.figure(`${name}_false_winners_of_the_usual_test`, seen.naiveWinners * 100, '%');
  report.figure(`${name}_covered_at_every_look`, seen.covered * 100, '%');
  report.figure(`${name}_called_invalid_at_some_look`, seen.invalid * 100, '%');
  report.holds(seen.winners <= 0.05, `${name}: ${seen.winners} of the experiments had a winner.`);
  report.holds(seen.covered >= 0.95, `${name}: only ${seen.covered} were covered.`);
}

function proveDifferent({ rates, index }, { runs }, report) {
  const name = `from_${toPercent(rates[0])}_to_${toPercent(rates[1])}_percent`;
  report.progress(name);
  const [baseRate] = rates;
  const { plannedUsers } = planExperiment({ baseRate, smallestDifference: rates[1] - baseRate });
  const random = createRandom(1000 + index);
  const seen = simulateExperiments({ rates, users: plannedUsers, plannedUsers, runs, random });
  report.figure(`${name}_planned_users`, plannedUsers, 'users');
  report.figure(`${name}_found`, seen.winners * 100, '%');
  report.figure(`${name}_covered_at_every_look`, seen.covered * 100, '%');
  report.holds(seen.winners >= 0.8, `${name}: only ${seen.winners} of the experiments found it.`);
  report.holds(seen.covered >= 0.95, `${name}: only ${seen.covered} were covered.`);
}

function toPercent(rate) {
  return Math.round(rate * 100);
}

function createRandom(seed) {
  const random = new Random(seed);
  return () => random.next();
}

module.exports = { proveVerdicts, createRandom };
