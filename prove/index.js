#!/usr/bin/env node
'use strict';
// Proves what takes too long for every test run: `npm run prove -- <name>`.
const { parseArgs } = require('node:util');
const { createReport } = require('./report');

const PROOFS = {
  soak: () => require('./soak'),
  faults: () => require('./faults'),
  sweep: () => require('./sweep'),
  cluster: () => require('./cluster'),
  restart: () => require('./restart'),
  kill: () => require('./kill'),
  experiments: () => require('./experiments'),
  trouble: () => require('./trouble'),
  report: () => require('./reading'),
  alerts: () => require('./alerts'),
};

const OPTIONS = {
  short: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

async function main() {
  const command = readCommand();
  if (command.error) return refuse(command.error);
  const { values, positionals } = command;
  if (values.help || positionals.length === 0) return console.log(usage());
  const [name] = positionals;
  if (!Object.hasOwn(PROOFS, name)) return refuse(`There is no proof "${name}".`);
  const { run } = PROOFS[name]();
  const report = createReport(name, values);
  await report.attempt(() => run({ short: values.short, report }));
  process.exitCode = report.close() ? 0 : 1;
}

function readCommand() {
  try {
    const command = parseArgs({ options: OPTIONS, allowPositionals: true });
    const [, surplus] = command.positionals;
    return surplus === undefined ? command : { error: 'One proof at a time, please.' };
  } catch (error) {
    return { error: error.message };
  }
}

function refuse(sentence) {
  console.error(`${sentence}\n\n${usage()}`);
  process.exitCode = 2;
}

function usage() {
  const width = Math.max(...Object.keys(PROOFS).map((name) => name.length));
  const list = Object.entries(PROOFS).map(
    ([name, load]) => `  ${name.padEnd(width)}  ${load().summary}`,
  );
  return `Usage: npm run prove -- <name> [options]

Each proof prints its figures, one a line: name, value, unit. The exit code is 0 if everything
held, 1 with a sentence about each thing that did not, 2 if the command was typed wrongly.

${list.join('\n')}

  --short  less of the same, in under two minutes
  --json   print one JSON document
  --help   this text`;
}

main().then(
  // What a proof left open must not keep it from ending.
  () => process.exit(),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
