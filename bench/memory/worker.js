'use strict';
// A process that keeps people waiting, or nobody, and says how much memory the system gave it.
const { heapBytes } = require('../../prove/heap');
const { load } = require('../harness/load');
const { answerQuestions } = require('../harness/workers');
const { People } = require('../waiting/people');
const { createPrometheusObserver } = load('@turnspan/prometheus');
const { Registry } = load('prom-client');

const CHUNK = 5_000;

answerQuestions(async ({ count }) => {
  load('./dist');
  const people = new People({ observers: [observe] });
  const { observe: record } = createPrometheusObserver({
    registry: new Registry(),
    snapshot: () => people.tracker.snapshot(),
  });
  function observe(event) {
    record(event);
  }
  for (let asked = 0; asked < count; asked += CHUNK) {
    people.ask(CHUNK);
    await new Promise(setImmediate);
  }
  return {
    async weigh() {
      const heap = await heapBytes();
      await people.sweep();
      return { heap, resident: process.memoryUsage().rss };
    },
  };
});
