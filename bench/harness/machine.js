'use strict';
const { execFileSync } = require('node:child_process');
const { cpus, loadavg, platform, release, totalmem } = require('node:os');
const { load } = require('./load');

const GIGABYTE = 1024 ** 3;
const LIBRARIES = ['botkit', 'prom-client', '@opentelemetry/api', 'libsql', 'ioredis', 'pg'];

/** What the figures depend on besides us. */
function describeMachine() {
  const [processor] = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    processors: `${cpus().length} × ${processor?.model.trim() ?? 'unknown'}`,
    memory: `${Math.round(totalmem() / GIGABYTE)} GB`,
    system: `${platform()} ${release().split('-')[0]}`,
    node: process.versions.node,
    commit: readCommit(),
    load: loadavg()[0].toFixed(1),
    libraries: LIBRARIES.map((name) => `${name} ${readVersion(name)}`).join(', '),
  };
}

function readVersion(name) {
  const places = ['.', '@turnspan/store-sqlite'].map((from) =>
    from === '.' ? load.resolve('./package.json') : load.resolve(`${from}/package.json`),
  );
  for (const place of places) {
    try {
      return require(require.resolve(`${name}/package.json`, { paths: [place] })).version;
    } catch {}
  }
  return 'unknown';
}

function readCommit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

module.exports = { describeMachine };
