'use strict';
const { randomUUID } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { end, start, waitFor } = require('../servers/process');

/** Of the hashes that stand for people, and of the inbox. */
const KEY = 'the same in every process';
const PROGRAM = join(__dirname, 'bot-process.js');

/** Starts a process with the pizza bot. */
async function startBotProcess(config, { onNoise = () => {} } = {}) {
  const child = start(process.execPath, ['--no-warnings', PROGRAM], {
    env: { ...process.env, NODE_ENV: '', PROVE_BOT: JSON.stringify({ ...config, key: KEY }) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map();
  const started = new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The bot ended with ${code}.`)));
    child.on('message', ({ webhookUrl, failed, noise, id, reply }) => {
      if (noise) onNoise(noise);
      else if (webhookUrl) resolve(webhookUrl);
      else if (failed) reject(new Error(failed));
      else waiting.get(id)?.(reply);
      waiting.delete(id);
    });
  });
  const webhookUrl = await started;
  return {
    webhookUrl,
    ask(question) {
      const id = randomUUID();
      const reply = new Promise((resolve) => waiting.set(id, resolve));
      child.send({ id, question });
      return reply;
    },
    isStopped: () => readState(child.pid) === 'T',
    stopped: () =>
      waitFor(() => readState(child.pid) === 'T', {
        what: 'the stop of a process',
        timeoutMs: 90_000,
      }),
    signal: (signal) => child.kill(signal),
    kill: () => end(child, 'SIGKILL'),
  };
}

/** What the kernel says a process is doing: T when it was stopped by a signal. */
function readState(pid) {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '')[0];
}

module.exports = { KEY, startBotProcess };
