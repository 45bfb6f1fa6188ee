'use strict';
// One bot in a process of its own; its parent says when to talk with it, and hears what that took.
const { setTimeout: sleep } = require('node:timers/promises');
const { startStopwatch } = require('../harness/stopwatch');
const { answerQuestions } = require('../harness/workers');
const { createBot, Talk } = require('./bot');
const { measureOff } = require('./off');
const { VARIANTS } = require('./variants');

/** In this time a journal has written all that was told. */
const SETTLE_MS = 1_300;

answerQuestions(async (setup) => {
  const bot = createBot();
  const { handle } = (await VARIANTS[setup.variant](bot, setup)) ?? {};
  const talk = new Talk(bot, handle);
  const batches = [];
  let stop;
  let turns = 0;
  /** What is done later for the turns of a batch, such as writing, is in its time too. */
  const endBatch = () => {
    if (!stop) return;
    const { threadUs, processUs } = stop();
    batches.push({ threadUs: threadUs / turns, processUs: processUs / turns });
    stop = undefined;
  };
  return {
    warmUp: ({ shape, forms }) => talk.play(shape, forms).then(() => sleep(SETTLE_MS)),
    /** Talks; what that took is known when the next batch begins. */
    async talk({ shape, forms }) {
      endBatch();
      stop = startStopwatch();
      turns = await talk.play(shape, forms);
    },
    /** The microseconds of each turn, batch by batch. */
    async collect() {
      await sleep(SETTLE_MS);
      endBatch();
      return batches.splice(0);
    },
    off: (calls) => measureOff(calls),
  };
});
