'use strict';
// One bot in a process of its own that says how much memory a turn takes up, and how many promises:
// both are the same however busy the machine is.
const { createHook } = require('node:async_hooks');
const { PerformanceObserver } = require('node:perf_hooks');
const { setImmediate } = require('node:timers/promises');
const { answerQuestions } = require('../harness/workers');
const { createBot, Talk } = require('./bot');
const { VARIANTS } = require('./variants');

answerQuestions(async (setup) => {
  const bot = createBot();
  const { handle } = (await VARIANTS[setup.variant](bot, setup)) ?? {};
  const talk = new Talk(bot, handle);
  return {
    /** The bytes that a turn allocates, in a heap so young that nothing of it was collected yet. */
    async weigh({ shape, forms, warmUp }) {
      await talk.play(shape, warmUp);
      globalThis.gc();
      await setImmediate();
      const collections = countCollections();
      const before = process.memoryUsage().heapUsed;
      const turns = await talk.play(shape, forms);
      const bytes = (process.memoryUsage().heapUsed - before) / turns;
      await setImmediate();
      return { bytes, collections: collections() };
    },
    /** The promises that a turn makes. */
    async count({ shape, forms }) {
      let promises = 0;
      const hook = createHook({
        init: (_id, type) => {
          if (type === 'PROMISE') promises += 1;
        },
      });
      hook.enable();
      const turns = await talk.play(shape, forms);
      hook.disable();
      return promises / turns;
    },
  };
});

function countCollections() {
  let seen = 0;
  const observer = new PerformanceObserver((list) => {
    seen += list.getEntries().length;
  });
  observer.observe({ entryTypes: ['gc'] });
  return () => {
    observer.disconnect();
    return seen;
  };
}
