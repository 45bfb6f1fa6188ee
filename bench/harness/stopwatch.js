'use strict';
const { readFileSync } = require('node:fs');

const SCHEDULE = `/proc/self/task/${process.pid}/schedstat`;

/**
 * Starts to measure: time on the wall, and processor time, which other programs do not lengthen, of
 * this thread and of all threads of the process. Where the system does not tell it for one thread,
 * the process stands for it.
 */
function startStopwatch() {
  const from = read();
  return () => {
    const to = read();
    return {
      wallUs: to.wallUs - from.wallUs,
      threadUs: to.threadUs - from.threadUs,
      processUs: to.processUs - from.processUs,
    };
  };
}

/** Asking for the time of the process first brings that of the thread up to date. */
function read() {
  const { user, system } = process.cpuUsage();
  const processUs = user + system;
  return { processUs, threadUs: readThreadUs() ?? processUs, wallUs: performance.now() * 1000 };
}

function readThreadUs() {
  try {
    return Number(readFileSync(SCHEDULE, 'latin1').split(' ')[0]) / 1000;
  } catch {
    return undefined;
  }
}

module.exports = { startStopwatch };
