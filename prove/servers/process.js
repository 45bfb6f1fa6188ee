'use strict';
const { spawn } = require('node:child_process');
const { accessSync, constants, mkdtempSync, rmSync } = require('node:fs');
const { createServer } = require('node:net');
const { tmpdir } = require('node:os');
const { delimiter, join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

const START_TIMEOUT_MS = 30_000;
const POLL_MS = 50;

/** What this process has started and not ended; it ends them when it ends itself, for whatever reason. */
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

/** Starts a program that ends with this process. */
function start(program, args, options = {}) {
  const child = spawn(program, args, { stdio: 'ignore', ...options });
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/** Ends a program by a signal and waits until it is gone. */
async function end(child, signal = 'SIGKILL') {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await exited;
}

/** Asks again and again until the answer is true; fails after the time. */
async function waitFor(ask, { what = 'what was waited for', timeoutMs = START_TIMEOUT_MS } = {}) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`${what} did not come within ${timeoutMs} ms.`);
    await sleep(POLL_MS);
  }
}

/** A loopback port that nothing listens on. */
function findFreePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** A new folder; the returned function removes it. */
function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-prove-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Where a program is, on the PATH or in one of the folders given. */
function findProgram(name, folders = []) {
  const path = (process.env.PATH ?? '').split(delimiter);
  const found = [...path, ...folders].map((folder) => join(folder, name)).find(isExecutable);
  if (found) return found;
  throw new Error(`This proof needs ${name}, which is not installed.`);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

module.exports = { end, findFreePort, findProgram, makeFolder, start, waitFor };
