'use strict';
const { createRequire } = require('node:module');

/** Loads a package that comes with the front door. */
const requireOfTurnspan = createRequire(require.resolve('turnspan/package.json'));

module.exports = { requireOfTurnspan };
