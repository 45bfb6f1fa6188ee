'use strict';
const { setTimeout: sleep } = require('node:timers/promises');

const SLOW_MS = 100;
const GARBAGE = [undefined, null, 42, 'garbage', {}, [null], () => 'garbage', Number.NaN];

/** What a broken function does instead of, or besides, what it was made for. */
const FAULTS = {
  throwing: () => {
    throw new TypeError('broken on purpose');
  },
  rejecting: () => Promise.reject(new TypeError('broken on purpose')),
  hanging: () => new Promise(() => {}),
  slow: async (run) => {
    await sleep(SLOW_MS);
    return run();
  },
  garbage: createGarbage(),
  'gone and back': () => {
    throw new TypeError('gone for now');
  },
};

function createGarbage() {
  let calls = 0;
  return () => {
    calls += 1;
    return GARBAGE[calls % GARBAGE.length];
  };
}

/** Breaks some methods of an object in one way; those that only come and go are broken in between. */
function breakMethods(object, { methods, kind }) {
  let phase = 'before';
  const isBroken = () => (kind === 'gone and back' ? phase === 'during' : phase !== 'starting');
  const broken = methods.map((method) => [
    method,
    (...args) => {
      const run = () => object[method](...args);
      return isBroken() ? FAULTS[kind](run) : run();
    },
  ]);
  return {
    broken: Object.assign(Object.create(object), Object.fromEntries(broken)),
    enterPhase: (next) => {
      phase = next;
    },
  };
}

module.exports = { breakMethods, FAULTS, GARBAGE };
