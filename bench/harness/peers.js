'use strict';
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { copyFileSync, existsSync, mkdirSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '..', '..');
const LIST = join(__dirname, '..', 'peers', 'package.json');
const FOLDER = join(ROOT, 'node_modules', '.cache', 'bench-peers');
const INSTALLED = join(FOLDER, 'node_modules', '.package-lock.json');

let installing;

/** Installs what is measured beside us, once: `{ folder }`, or `{ reason }` where it cannot be had. */
function installPeers() {
  installing ??= install();
  return installing;
}

async function install() {
  if (existsSync(INSTALLED)) return { folder: FOLDER };
  mkdirSync(FOLDER, { recursive: true });
  copyFileSync(LIST, join(FOLDER, 'package.json'));
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--no-package-lock'];
  const args = ['install', ...quiet, '--ignore-scripts', '--legacy-peer-deps', '--prefix', FOLDER];
  const npm = spawn('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(npm, 'exit').catch((error) => [error.code]);
  return code === 0 ? { folder: FOLDER } : { reason: 'the npm registry did not give it' };
}

/** The version of a package that was installed to be measured. */
function peerVersion(name) {
  return require(join(FOLDER, 'node_modules', name, 'package.json')).version;
}

module.exports = { installPeers, peerVersion };
