'use strict';
const { load } = require('../load');
const { breakMethods } = require('./break-object');
const { MemoryStore } = load('@turnspan/core');

const METHODS = ['wait', 'claim', 'takeDue', 'settle', 'summary'];
const KINDS = ['throwing', 'rejecting', 'hanging', 'slow', 'garbage', 'gone and back'];

const storeFaults = KINDS.map((kind) => ({
  part: 'store',
  kind,
  ...(kind === 'slow' && { uncounted: 'it answers in time' }),
  settleMs: 1_300,
  prepare: async () => {
    const { broken, enterPhase } = breakMethods(new MemoryStore('broken'), {
      methods: METHODS,
      kind,
    });
    // Object.create gives methods of a class a receiver without its private fields.
    return { options: { store: broken, sweepIntervalMs: 200 }, enterPhase, close: async () => {} };
  },
}));

module.exports = { storeFaults };
