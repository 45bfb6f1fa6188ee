'use strict';
const { createRequire } = require('node:module');
const { join } = require('node:path');

/** Loads the built packages, and what they depend on, as the front door does. */
const load = createRequire(join(__dirname, '..', 'packages', 'turnspan', 'package.json'));

module.exports = { load };
