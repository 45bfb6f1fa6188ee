const { join } = require('node:path');
const { ROOT, run } = require('./processes');

const CONSOLE = join(ROOT, 'packages', 'console');
/** The project of the console's page; it knows a browser and not Node.js, so it has its own. */
const WEB = join(CONSOLE, 'src', 'web');

/** Bundles the console's page into the package that serves it. */
function bundleWeb() {
  return run(process.execPath, [join(CONSOLE, 'build.js')]);
}

module.exports = { bundleWeb, WEB };
