const { join } = require('node:path');
const { findNode24 } = require('./node-24');
const { ROOT, run, tool } = require('./processes');
const { attempt } = require('./steps');
const { bundleWeb, WEB } = require('./web');

const BENCH = join(ROOT, 'bench', 'index.js');
const PROVE = join(ROOT, 'prove', 'index.js');
/** The proofs that hold numbers against a ledger; those that measure time want a quiet machine. */
const PROOFS = ['kill', 'restart', 'cluster'];
/**
 * Tests that would say the same on any Node.js: of arithmetic and text, and of what a browser or a
 * Prometheus makes of them. All that a bot runs is tested on each.
 */
const SAME_ANYWHERE = [
  '/packages/(grafana|insights|experiments)/',
  '/packages/console/test/page',
  '/packages/prometheus/test/(promtool|real-prometheus)',
  `${ROOT}/test/[^/]+$`,
];
const JEST = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');

/** All checks, cheap ones first. Those that need the build do not run when it failed. */
const CHECKS = [
  { name: 'types', run: () => tool('tsc', ['-b', ROOT, WEB]) },
  { name: 'style', run: () => tool('biome', ['check', '--error-on-warnings', '.']) },
  { name: 'unused code', run: () => tool('knip', ['--no-progress']) },
  { name: 'tests', run: () => runTests(process.execPath) },
  { name: 'page', needsBuild: true, run: bundleWeb },
  { name: 'packages', needsBuild: true, run: checkPackages },
  { name: 'proofs', needsBuild: true, isWanted: wantsProofs, run: runProofs },
  { name: 'speed', needsBuild: true, isWanted: wantsProofs, run: runBench },
  { name: 'node 24', needsBuild: true, isWanted: wantsNode24, run: checkNode24 },
];

/** Runs every check, also after one failed, and lists at the end what did. */
async function check(args) {
  const failed = [];
  const wanted = CHECKS.filter(({ isWanted = () => true }) => isWanted(args));
  for (const { name, needsBuild, run: action } of wanted) {
    const isBlocked = needsBuild && failed.includes('types');
    const { code } = await attempt(name, isBlocked ? skipForTypes : action);
    if (code !== 0) failed.push(name);
  }
  console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join(', ')}.`);
  return failed.length === 0 ? 0 : 1;
}

async function skipForTypes() {
  return { code: 0, output: '', skipped: 'it needs the types to be right' };
}

async function runTests(node, args = []) {
  const result = await run(node, [JEST, '--ci', ...args]);
  return { ...result, note: /^Tests:\s+(.*)$/m.exec(result.output)?.[1] };
}

async function checkPackages() {
  const result = await run(process.execPath, [join(ROOT, 'scripts', 'pack-check.js')]);
  return { ...result, note: result.output.trim().split('\n').at(-1) };
}

function wantsProofs(args) {
  return args.includes('--proofs') || process.env.CI === 'true';
}

/** Runs the short forms of proofs one after another, up to the first that does not hold. */
async function runProofs() {
  for (const name of PROOFS) {
    const result = await run(process.execPath, [PROVE, name, '--short']);
    if (result.code !== 0) return { ...result, output: `${name}\n${result.output}` };
  }
  return { code: 0, output: '', note: PROOFS.join(', ') };
}

/** A guard against what makes it much slower; a busy machine does not fail it. */
async function runBench() {
  const result = await run(process.execPath, [BENCH, '--short']);
  return { ...result, note: result.output.trim().split('\n').at(-1) };
}

function wantsNode24(args) {
  return args.includes('--node24') || process.env.CI === 'true';
}

/** Loads every built package under Node 24, then runs the tests there too that depend on it. */
async function checkNode24() {
  const { node, skipped, ...failure } = await findNode24();
  if (!node) return { code: 0, output: '', ...failure, skipped };
  const loaded = await run(node, [join(ROOT, 'scripts', 'load-packages.js')]);
  if (loaded.code !== 0) return loaded;
  return runTests(node, ['--testPathIgnorePatterns', '/node_modules/', ...SAME_ANYWHERE]);
}

module.exports = { check };
