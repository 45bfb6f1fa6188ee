'use strict';
const { createRequire } = require('node:module');
const { join } = require('node:path');

const PACKAGES = join(__dirname, '..', '..', 'packages');

/** Loads the built packages, and what they depend on, as the front door does. */
const load = createRequire(join(PACKAGES, 'turnspan', 'package.json'));

/** Loads what a package of ours, or the workspace itself, depends on. */
function loadFrom(folder, name) {
  return createRequire(join(PACKAGES, '..', folder, 'package.json'))(name);
}

module.exports = { load, loadFrom };
