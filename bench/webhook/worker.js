'use strict';
// A receiver of webhooks in a process of its own, which says what the requests took.
const { once } = require('node:events');
const { createServer } = require('node:http');
const { startStopwatch } = require('../harness/stopwatch');
const { answerQuestions } = require('../harness/workers');
const { RECEIVERS } = require('./receivers');

answerQuestions(async (setup) => {
  const server = createServer(await RECEIVERS[setup.receiver](setup));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  let stop = startStopwatch();
  return {
    port: () => server.address().port,
    begin() {
      stop = startStopwatch();
    },
    end: () => stop().threadUs,
  };
});
