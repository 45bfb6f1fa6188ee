'use strict';
const crypto = require('node:crypto');

const KEY = 'the key of the hashes of this proof';
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
    const { createHmac } = crypto;
    crypto.createHmac = (algorithm, key, options) => {
      const hmac = createHmac(algorithm, key, options);
      const isBroken = isPassing ? phase === 'during' : phase !== 'starting';
      if (key !== KEY || !isBroken) return hmac;
      const run = hmac.digest.bind(hmac);
      return Object.assign(hmac, { digest: (encoding) => digest(() => run(encoding)) });
    };
    return {
      options: { privacy: { key: KEY } },
      enterPhase: (next) => {
        phase = next;
      },
      close: async () => {
        crypto.createHmac = createHmac;
      },
    };
  },
}));

module.exports = { hashFaults };
