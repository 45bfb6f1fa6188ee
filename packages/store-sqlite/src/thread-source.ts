/**
 * What runs in the thread of a file: it opens the file, and answers each statement with its rows and
 * how many it changed, or with what went wrong. It is a text, as a bot may be bundled into one file
 * or run from TypeScript, and then there is no other file that a thread could begin with.
 */
export const THREAD_SOURCE: string = `'use strict';
const { parentPort, workerData } = require('node:worker_threads');
const { file, driver, library, timeoutMs, control } = workerData;
const [IS_OVER, IS_BUSY] = [0, 1];
const isLibsql = driver === 'libsql';
let Database;
let database;

alone(() => {
  Database = isLibsql ? require(library) : process.getBuiltinModule('node:sqlite').DatabaseSync;
});

parentPort.on('message', (asked) => {
  if (asked === 'end') return end();
  const [id, sql, kind, parameters] = asked;
  const reply = alone(() => {
    try {
      database ??= open();
      return [id, run(sql, kind, parameters)];
    } catch (error) {
      return [id, undefined, describe(error)];
    }
  });
  if (reply) parentPort.postMessage(reply);
});

function alone(run) {
  Atomics.store(control, IS_BUSY, 1);
  try {
    if (Atomics.load(control, IS_OVER) === 0) return run();
  } finally {
    Atomics.store(control, IS_BUSY, 0);
    Atomics.notify(control, IS_BUSY);
  }
}

function open() {
  const opened = new Database(file);
  try {
    for (const pragma of ['busy_timeout = ' + timeoutMs, 'synchronous = normal']) {
      opened.prepare('pragma ' + pragma).all();
    }
    return opened;
  } catch (error) {
    opened.close();
    throw error;
  }
}

function run(sql, kind, parameters) {
  if (kind === 'control') {
    database.exec(sql);
    return { rows: [], changes: 0 };
  }
  const statement = database.prepare(sql);
  const bound = isLibsql ? [parameters] : parameters;
  if (kind === 'reader') return { rows: statement.all(...bound), changes: 0 };
  return { rows: [], changes: Number(statement.run(...bound).changes) };
}

function describe(error) {
  const { message, code, errcode, rawCode } = Object(error);
  const isType = error instanceof TypeError;
  return { message: String(message ?? error), code, errcode, rawCode, isType };
}

function end() {
  parentPort.close();
  alone(() => database?.close());
}
`;
