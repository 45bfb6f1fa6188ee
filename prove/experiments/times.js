'use strict';
const { load } = require('../load');
const { createRandom } = require('./verdicts');
const { compareTimes, compareWaits, summarizeTimes } = load('@turnspan/experiments');

const USERS = 2_000;
const LOOK_EVERY = 100;
/** One user comes a minute, and an hour is what most replies take. */
const MINUTE_MS = 60_000;
const GIVES_UP_MS = 24 * 60 * MINUTE_MS;

/** Times that are alike are not called different, however often one looks; others are. */
function proveTimes({ waitRuns }, report) {
  for (const [name, slowness] of [
    ['alike', 1],
    ['a_fifth_longer', 1.2],
  ]) {
    report.progress(`times ${name}`);
    const share = play({ slowness, runs: waitRuns }, createRandom(slowness * 10));
    for (const [test, found] of Object.entries(share)) {
      report.figure(`times_${name}_${test}`, found * 100, '%');
    }
    if (slowness !== 1) continue;
    report.holds(share.waits <= 0.05, `${share.waits} of the log-rank tests found a difference.`);
    report.holds(share.times <= 0.05, `${share.times} of the ratios found a difference.`);
  }
}

function play({ slowness, runs }, random) {
  const found = { waits: 0, waits_by_the_usual_test: 0, times: 0 };
  for (let run = 0; run < runs; run += 1) {
    const seen = playOne(slowness, random);
    for (const test of Object.keys(found)) found[test] += seen[test] ? 1 / runs : 0;
  }
  return found;
}

function playOne(slowness, random) {
  const users = [];
  const seen = {};
  for (let user = 1; user <= USERS; user += 1) {
    users.push(createUser({ at: user * MINUTE_MS, slowness }, random));
    if (user % LOOK_EVERY === 0) look(users, user * MINUTE_MS, seen);
  }
  return seen;
}

/** Replies are log-normal; a tenth never comes. */
function createUser({ at, slowness }, random) {
  const isVariant = random() < 0.5;
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const ms = Math.exp(normal) * 60 * MINUTE_MS * (isVariant ? slowness : 1);
  return { at, isVariant, ms: random() < 0.1 ? GIVES_UP_MS : ms };
}

function look(users, now, seen) {
  const [control, variant] = [false, true].map((isVariant) =>
    users.filter((user) => user.isVariant === isVariant),
  );
  const toWait = ({ at, ms }) => {
    const replied = ms < GIVES_UP_MS && at + ms <= now;
    return { replied, ms: replied ? ms : Math.min(now - at, GIVES_UP_MS) };
  };
  const waits = compareWaits(control.map(toWait), variant.map(toWait));
  seen.waits ||= waits.pValue <= 0.05;
  seen.waits_by_the_usual_test ||= waits.fixedPValue <= 0.05;
  const summaries = [control, variant].map((arm) => summarizeTimes(arm.map(({ ms }) => ms)));
  seen.times ||= compareTimes(summaries[0], summaries[1]).pValue <= 0.05;
}

module.exports = { proveTimes };
