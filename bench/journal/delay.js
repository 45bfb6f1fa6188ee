'use strict';
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { setTimeout: sleep } = require('node:timers/promises');
const { createVisits } = require('./visits');

const EVERY_MS = 10;
const VISITS_EACH = 20;

/** The milliseconds that timers are late by, 99 of 100, while 2,000 visits a second come in or none. */
async function measureDelay(journal, seconds) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const end = performance.now() + seconds * 1000;
  for (let next = performance.now(); next < end; next += EVERY_MS) {
    if (journal) for (const visit of createVisits(VISITS_EACH)) journal.observe(visit);
    await sleep(Math.max(0, next + EVERY_MS - performance.now()));
  }
  delay.disable();
  // The monitor sets a timer of a millisecond.
  return Math.max(0, delay.percentile(99) / 1e6 - 1);
}

module.exports = { measureDelay };
