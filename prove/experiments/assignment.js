'use strict';
const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { load } = require('../load');
const { assignVariant, parseDeclaration, testSampleRatio } = load('@turnspan/experiments');

const LIMIT = 0.001;

/** Users are shared out by weight, anew for each experiment, and alike in every process. */
function proveAssignment({ assigned }, report) {
  report.progress('assignment');
  const [first, second] = ['first', 'second'].map((name) => declare(name));
  const weighted = declare('weighted', { variants: ['a', 'b', 'c'], weights: [1, 2, 7] });
  const even = judge(
    count(assigned, (user) => assignVariant(first, user).variant),
    { a: 1, b: 1 },
  );
  const uneven = judge(
    count(assigned, (user) => assignVariant(weighted, user).variant),
    { a: 1, b: 2, c: 7 },
  );
  const both = (user) => assignVariant(first, user).variant + assignVariant(second, user).variant;
  const independent = judge(count(assigned, both), { aa: 1, ab: 1, ba: 1, bb: 1 });
  for (const [name, pValue] of Object.entries({ even, uneven, independent })) {
    report.figure(`assignment_${name}_p`, pValue, 'probability');
    report.holds(pValue > LIMIT, `The assignment is not ${name}: p = ${pValue}.`);
  }
  proveRamp(assigned, report);
  proveSameEverywhere(report);
}

function proveRamp(assigned, report) {
  const [tenth, half] = [declare('ramp', { ramp: 0.1 }), declare('ramp', { ramp: 0.5 })];
  let [wereIn, moved] = [0, 0];
  for (let user = 0; user < assigned; user += 1) {
    const before = assignVariant(tenth, `user-${user}`);
    if (before.reason !== 'hash') continue;
    wereIn += 1;
    const after = assignVariant(half, `user-${user}`);
    if (after.variant !== before.variant || after.reason !== 'hash') moved += 1;
  }
  report.figure('ramp_were_in', wereIn, 'users');
  report.figure('ramp_moved', moved, 'users');
  report.holds(moved === 0 && wereIn > 0, `The ramp moved ${moved} of ${wereIn} users.`);
}

/** Another process is also what a restart leads to. */
function proveSameEverywhere(report) {
  const here = fingerprint();
  const script = `process.stdout.write(require(${JSON.stringify(__filename)}).fingerprint())`;
  const there = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  report.holds(here === there, 'Another process assigns other variants.');
}

/** What 10 000 users get, in one line. */
function fingerprint() {
  const declaration = declare('first', { variants: ['a', 'b', 'c'] });
  const hash = createHash('sha256');
  for (let user = 0; user < 10_000; user += 1) {
    hash.update(assignVariant(declaration, `user-${user}`).variant);
  }
  return hash.digest('hex');
}

function declare(name, options = {}) {
  return parseDeclaration(name, { variants: ['a', 'b'], flow: 'order', ...options });
}

function count(users, place) {
  const counts = new Map();
  for (let user = 0; user < users; user += 1) {
    const key = place(`user-${user}`);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function judge(counts, weights) {
  const exposed = Object.entries(weights).map(([key, weight]) => {
    return { weight, exposed: counts.get(key) ?? 0 };
  });
  return testSampleRatio(exposed).pValue;
}

module.exports = { proveAssignment, fingerprint };
