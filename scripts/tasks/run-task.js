const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { check } = require('./check');
const { install } = require('./install');
const { removeOutput, removeStaleOutput } = require('./output');
const { packageFolders } = require('./packages');
const { ROOT, runVisible, tool } = require('./processes');
const { StepFailed, step } = require('./steps');
const { bundleWeb, WEB } = require('./web');

const DEMO = join(ROOT, 'examples', 'demo', 'index.js');
const PICTURE = join(ROOT, 'examples', 'demo', 'picture.js');
const PROVE = join(ROOT, 'prove', 'index.js');
const BENCH = join(ROOT, 'bench', 'index.js');
const PACK_CHECK = join(ROOT, 'scripts', 'pack-check.js');

/** Every task by its name in package.json: what it needs, and what it does, giving an exit code. */
const TASKS = {
  start: { needs: [installed, built], run: start },
  check: { needs: [installed], run: check },
  picture: { needs: [installed, built], run: () => runVisible(process.execPath, [PICTURE]) },
  prove: {
    needs: [installed, built],
    run: (args) => runVisible(process.execPath, [PROVE, ...args]),
  },
  bench: {
    needs: [installed, built],
    run: (args) => runVisible(process.execPath, [BENCH, ...args]),
  },
  build: { needs: [installed], run: build },
  unit: { needs: [installed], run: (args) => runVisible('jest', args) },
  lint: { needs: [installed], run: lint },
  format: { needs: [installed], run: () => runVisible('biome', ['check', '--write', '.']) },
  'pack:check': {
    needs: [installed, built],
    run: () => runVisible(process.execPath, [PACK_CHECK]),
  },
  change: { needs: [installed], run: (args) => runVisible('changeset', args) },
  clean: { needs: [], run: removeOutput },
};

/** Runs one task, after what it needs, and leaves its exit code. */
async function runTask(name, args) {
  try {
    process.exitCode = await perform(name, args);
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}

async function perform(name, args) {
  const task = TASKS[name];
  if (!task) throw new StepFailed(`No task "${name}". Tasks: ${Object.keys(TASKS).join(', ')}.`);
  for (const prepare of task.needs) await prepare();
  return task.run(args);
}

async function start(args) {
  if (!existsSync(DEMO)) throw new StepFailed('There is no examples/demo/index.js to start.');
  return runVisible(process.execPath, [DEMO, ...args]);
}

/** Without the types being right there is nothing to bundle. */
async function build(args) {
  const types = await runVisible('tsc', ['-b', ROOT, WEB, ...args]);
  if (types !== 0) return types;
  const { code, output } = await bundleWeb();
  if (code !== 0) console.error(output);
  return code;
}

async function lint() {
  const style = await runVisible('biome', ['check', '--error-on-warnings', '.']);
  const unused = await runVisible('knip', []);
  return style || unused;
}

async function installed() {
  await step('install', install);
  removeStaleOutput();
}

async function built() {
  await step('build', () => tool('tsc', ['-b', ...packageFolders()]));
  await step('page', bundleWeb);
}

module.exports = { runTask };
