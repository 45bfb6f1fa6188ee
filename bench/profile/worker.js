'use strict';
// A bot with everything on, in a process of its own that looks at what its thread is doing.
const { Session } = require('node:inspector/promises');
const { answerQuestions } = require('../harness/workers');
const { createBot, Talk } = require('../turn/bot');
const { VARIANTS } = require('../turn/variants');
const { addUp } = require('./add-up');

const EVERY_US = 200;

answerQuestions(async (setup) => {
  const bot = createBot();
  await VARIANTS[setup.variant](bot, setup);
  const talk = new Talk(bot);
  return {
    /** The microseconds of a turn by what they go to, and by the function of ours. */
    async profile({ shape, forms, warmUp }) {
      await talk.play(shape, warmUp);
      const session = new Session();
      session.connect();
      await session.post('Profiler.enable');
      await session.post('Profiler.setSamplingInterval', { interval: EVERY_US });
      await session.post('Profiler.start');
      await talk.play(shape, forms);
      const { profile } = await session.post('Profiler.stop');
      session.disconnect();
      return addUp(profile);
    },
  };
});
