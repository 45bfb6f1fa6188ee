'use strict';
const { createBot } = require('./bot');
const { VARIANTS } = require('./variants');

/**
 * The microseconds of what stays in a turn when the plugin is shut down, which are too few to be
 * seen in a turn: its middleware, once for the message and once for the answer, against middleware
 * that only goes on. Gives one number for each pair of measurements.
 */
async function measureOff(calls, pairs = 31) {
  const bot = createBot();
  const plugin = await VARIANTS.off(bot);
  const left = [...plugin.middlewares.ingest, ...plugin.middlewares.send];
  const empty = left.map(() => (_bot, _message, next) => next());
  const worker = { getConfig: () => undefined };
  const differences = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const [one, other] = [time(left, worker, calls), time(empty, worker, calls)];
    differences.push(one - other);
  }
  return differences.slice(1);
}

function time(middlewares, worker, calls) {
  let done = 0;
  const next = () => {
    done += 1;
  };
  const from = performance.now();
  for (let call = 0; call < calls; call += 1) {
    for (const middleware of middlewares) middleware(worker, undefined, next);
  }
  const tookMs = performance.now() - from;
  if (done !== calls * middlewares.length) throw new Error('A middleware did not go on.');
  return (tookMs * 1000) / calls;
}

module.exports = { measureOff };
