'use strict';
const crypto = require('node:crypto');

const SLOW_MS = 0.5;

const boom = () => {
  throw new TypeError('broken on purpose');
};

/** A hash is computed, not waited for: it cannot hang, and a slow one takes half a millisecond. */
const KINDS = {
  throwing: { digest: boom },
  slow: {
    digest: (run) => {
      const until = performance.now() + SLOW_MS;
      while (performance.now() < until);
      return run();
    },
    uncounted: 'the hashes are made',
  },
  garbage: { digest: () => 42 },
  'gone and back': { digest: boom, isPassing: true },
};

const hashFaults = Object.entries(KINDS).map(([kind, { digest, uncounted, isPassing }]) => ({
  part: 'hash',
  kind,
  uncounted,
  prepare: async () => {
    let phase = 'starting';
    const isBroken = () => (isPassing ? phase === 'during' : phase !== 'starting');
    const { createHash } = crypto;
    // Nobody but us copies a hash: each is a copy of one that has taken in the key.
    crypto.createHash = (...settings) => {
      const hash = createHash(...settings);
      const copy = hash.copy.bind(hash);
      return Object.assign(hash, {
        copy: () => (isBroken() ? breakDigest(copy(), digest) : copy()),
      });
    };
    return {
      options: {},
      enterPhase: (next) => {
        phase = next;
      },
      close: async () => {
        crypto.createHash = createHash;
      },
    };
  },
}));

function breakDigest(hash, digest) {
  const run = hash.digest.bind(hash);
  return Object.assign(hash, { digest: (encoding) => digest(() => run(encoding)) });
}

module.exports = { hashFaults };
