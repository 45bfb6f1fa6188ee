'use strict';
const { GARBAGE } = require('./break-object');

const boom = () => {
  throw new TypeError('broken on purpose');
};

const NOT_NOTICED = 'nobody can tell it from one that is right';

/** A clock is read, not waited for: one that hangs stands still, and a slow one goes slowly. */
const KINDS = {
  throwing: { read: boom },
  hanging: { read: () => 1_800_000_000_000, uncounted: NOT_NOTICED },
  slow: { read: () => 1_800_000_000_000 + performance.now() / 100, uncounted: NOT_NOTICED },
  garbage: { read: (reads) => GARBAGE[reads % GARBAGE.length] },
  'gone and back': { read: boom, isBrokenIn: (phase) => phase === 'during' },
};

const clockFaults = Object.entries(KINDS).map(([kind, { read, uncounted, isBrokenIn }]) => ({
  part: 'clock',
  kind,
  uncounted,
  prepare: async () => {
    let phase = 'starting';
    let reads = 0;
    const isBroken = isBrokenIn ?? ((now) => now !== 'starting' && now !== 'after');
    const now = () => {
      reads += 1;
      return isBroken(phase) ? read(reads) : Date.now();
    };
    const enterPhase = (next) => {
      phase = next === 'after' && !isBrokenIn ? 'during' : next;
    };
    return { options: { now }, enterPhase, close: async () => {} };
  },
}));

module.exports = { clockFaults };
