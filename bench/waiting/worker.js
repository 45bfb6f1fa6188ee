'use strict';
// So many people who wait, in a process of its own, which says what they take.
const { heapBytes } = require('../../prove/heap');
const { startStopwatch } = require('../harness/stopwatch');
const { answerQuestions } = require('../harness/workers');
const { load } = require('../harness/load');
const { People, STALL_MS } = require('./people');

const { MemoryStore } = load('@turnspan/core');

const CHUNK = 10_000;
const DUE = 500;

answerQuestions(async ({ count }) => {
  const people = new People();
  people.ask(1);
  const before = await heapBytes();
  await fill(people, count);
  // The stalls are over before anything is measured: everybody waits on.
  const weight = ((await heapBytes()) - before) / count;
  people.pass(STALL_MS);
  await people.sweep();
  return {
    /** Bytes for each person: all that is known of them, and the waiting list alone. */
    weigh: async () => ({ all: weight, list: await weighList(count) }),
    /** A sweep with nothing to do, and one in which so many are due: in microseconds. */
    async sweep() {
      const idle = await time(() => people.sweep());
      people.ask(DUE);
      people.pass(STALL_MS);
      const due = await time(() => people.sweep());
      if (idle.settled !== 0 || due.settled !== DUE) {
        throw new Error(`${idle.settled} and ${due.settled} were settled.`);
      }
      return { idle: idle.us, due: due.us };
    },
  };
});

async function weighList(count) {
  const store = new MemoryStore('bench');
  store.wait(toWaiting(0));
  const before = await heapBytes();
  for (let number = 1; number <= count; number += 1) store.wait(toWaiting(number));
  const bytes = (await heapBytes()) - before;
  return store.summary().counts.length === 0 ? Number.NaN : bytes / count;
}

function toWaiting(number) {
  const stallAt = Date.UTC(2026, 0, 5) + number;
  return {
    id: `bench.journey${number}.1.node`,
    user: { channel: 'web', line: 'bot', key: `user${number}` },
    flow: 'form',
    node: `node${number % 7}`,
    position: `a position of about this length, for the journey ${number}`,
    parents: [],
    stallAt,
    dropAt: stallAt + 1,
  };
}

async function fill(people, count) {
  for (let asked = 0; asked < count; asked += CHUNK) {
    people.ask(Math.min(CHUNK, count - asked));
    // A turn lets go of what it held when the event loop goes round.
    await new Promise(setImmediate);
  }
}

async function time(sweep) {
  const stop = startStopwatch();
  const settled = await sweep();
  return { settled, us: stop().threadUs };
}
