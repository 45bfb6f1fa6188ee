#!/usr/bin/env node
// Runs a task of this repository: `node scripts/run.js <task> [arguments]`. This file itself stays
// readable for any old Node, so that one hears what is missing instead of a syntax error.
const OLDEST = 20;
const current = process.versions.node;

if (Number(current.split('.')[0]) < OLDEST) {
  console.error(
    `Turnspan needs Node.js ${OLDEST} or newer; this is ${current} (${process.execPath}).`,
  );
  console.error('Install a newer one from https://nodejs.org and run the same command again.');
  process.exit(1);
} else {
  require('./tasks/run-task').runTask(process.argv[2], process.argv.slice(3));
}
