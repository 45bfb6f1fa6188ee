'use strict';
const { load } = require('../load');
const { median } = require('../statistics');
const { createRandom } = require('./verdicts');
const { findBreaches } = load('@turnspan/experiments');

const USERS = 5_000;
const LOOK_EVERY = 50;

/** A variant that does no harm goes on, and one that does is paused soon. */
function proveGuardrails({ runs }, report) {
  report.progress('guardrails');
  const random = createRandom(99);
  for (const rate of [0.01, 0.05]) {
    const paused = play({ rates: [rate, rate], runs }, random).length / runs;
    report.figure(`guardrail_${rate * 100}_percent_paused_without_cause`, paused * 100, '%');
    report.holds(paused <= 0.05, `${paused} of the harmless variants at ${rate} were paused.`);
  }
  for (const harmful of [0.1, 0.2, 0.5]) {
    const pauses = play({ rates: [0.02, harmful], runs }, random);
    report.figure(
      `guardrail_from_2_to_${harmful * 100}_percent_paused`,
      (pauses.length / runs) * 100,
      '%',
    );
    report.figure(`guardrail_from_2_to_${harmful * 100}_percent_after`, median(pauses), 'users');
    report.holds(pauses.length > 0.95 * runs, `Of those failing at ${harmful} few were paused.`);
  }
}

/** After how many users the variant was paused, of those that were. */
function play({ rates, runs }, random) {
  const pauses = [];
  for (let run = 0; run < runs; run += 1) {
    const paused = playOne(rates, random);
    if (paused !== undefined) pauses.push(paused);
  }
  return pauses;
}

function playOne(rates, random) {
  const counts = rates.map(() => ({ users: 0, reached: 0 }));
  for (let user = 1; user <= USERS; user += 1) {
    const index = random() < 0.5 ? 0 : 1;
    counts[index].users += 1;
    if (random() < rates[index]) counts[index].reached += 1;
    if (user % LOOK_EVERY !== 0) continue;
    const readings = counts.map((errors, place) => ({ variant: `${place}`, rates: { errors } }));
    if (findBreaches(readings).length > 0) return user;
  }
  return undefined;
}

module.exports = { proveGuardrails };
