'use strict';
const { setImmediate } = require('node:timers/promises');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

/** Bytes of the heap that something still refers to. */
async function heapBytes() {
  for (let round = 0; round < 4; round += 1) {
    await setImmediate();
    collect();
  }
  return process.memoryUsage().heapUsed;
}

module.exports = { heapBytes };
