'use strict';
const { setImmediate } = require('node:timers/promises');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

/** Bytes that something still refers to, on the heap and in buffers beside it. */
async function heapBytes() {
  for (let round = 0; round < 4; round += 1) {
    await setImmediate();
    collect();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

module.exports = { heapBytes };
