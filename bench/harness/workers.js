'use strict';
const { fork } = require('node:child_process');
const { once } = require('node:events');

/** What this process has started and not ended; it ends them when it ends itself. */
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

/**
 * Starts a program in a process of its own that answers questions, one at a time: `ask` gives what
 * its function for the question returns. See {@link answerQuestions}.
 */
async function startWorker(program, setup, { execArgv = [] } = {}) {
  const child = fork(program, [JSON.stringify(setup)], {
    execArgv: ['--no-warnings', ...execArgv],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const answers = toAnswers(child);
  await answers();
  return {
    pid: child.pid,
    ask(question, value) {
      child.send({ question, value });
      return answers();
    },
    /** It ends by itself once it is left alone, and tidies up before. */
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

function toAnswers(child) {
  return async () => {
    const ended = new AbortController();
    const { signal } = ended;
    const message = once(child, 'message', { signal });
    const exit = once(child, 'exit', { signal }).then(([code]) => {
      throw new Error(`${child.spawnargs.slice(-2).join(' ')} ended with ${code}.`);
    });
    const [{ answer, failed }] = await Promise.race([message, exit]).finally(() => {
      message.catch(() => undefined);
      exit.catch(() => undefined);
      ended.abort();
    });
    if (failed) throw new Error(failed);
    return answer;
  };
}

/** In the process that was started: makes itself ready, then answers until the parent goes. */
function answerQuestions(prepare) {
  const tell = (running) =>
    running.then(
      (answer) => process.send({ answer: answer ?? null }),
      (error) => process.send({ failed: error.stack }),
    );
  const questions = Promise.resolve().then(() => prepare(JSON.parse(process.argv[2])));
  process.on('disconnect', () => process.exit());
  process.on('message', ({ question, value }) => {
    tell(questions.then((answer) => answer[question](value)));
  });
  tell(questions.then(() => null));
}

module.exports = { answerQuestions, startWorker };
