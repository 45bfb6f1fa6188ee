#!/usr/bin/env node
'use strict';
// Measures what we promise about speed: `npm run bench -- <name>`; without a name, everything.
const { parseArgs } = require('node:util');
const { writePage } = require('./harness/page');
const { createReport } = require('./harness/report');

const BENCHES = {
  turn: () => require('./turn'),
  node: () => require('./node'),
  webhook: () => require('./webhook'),
  scrape: () => require('./scrape'),
  waiting: () => require('./waiting'),
  journal: () => require('./journal'),
  memory: () => require('./memory'),
  startup: () => require('./startup'),
  scale: () => require('./scale'),
  profile: () => require('./profile'),
};

/** Not in a short run of everything. */
const LONG = ['journal', 'scale', 'profile'];

const OPTIONS = {
  short: { type: 'boolean', default: false },
  share: { type: 'string', default: '1' },
  json: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
  only: { type: 'string' },
  help: { type: 'boolean', default: false },
};

async function main() {
  const command = readCommand();
  if (command.error) return refuse(command.error);
  const { values, positionals } = command;
  if (values.help) return console.log(usage());
  if (!(Number(values.share) > 0)) return refuse('A share is a number above 0.');
  if (values.write && values.short) return refuse('A short run is not written down.');
  const unknown = positionals.find((name) => !Object.hasOwn(BENCHES, name));
  if (unknown) return refuse(`There is no bench "${unknown}".`);
  const names = positionals.length > 0 ? positionals : allNames(values);
  const results = [];
  for (const name of names) results.push(await measure(name, values));
  if (values.json) console.log(JSON.stringify(results, null, 2));
  if (values.write) writePage(results, Object.keys(BENCHES));
  return finish(results, values);
}

/** What needs servers and time is not worth a short form. */
function allNames({ short }) {
  return Object.keys(BENCHES).filter((name) => !short || !LONG.includes(name));
}

async function measure(name, { short, json, only, share }) {
  const report = createReport(name, { print: json ? undefined : console.log });
  const from = performance.now();
  const bench = BENCHES[name]();
  await bench.run({ short, only: only?.split(','), share: Number(share), report });
  const seconds = (performance.now() - from) / 1000;
  return { ...report.result(), summary: bench.summary, share: Number(share), seconds };
}

function finish(results, { json }) {
  const failed = results.flatMap(({ bench, figures }) =>
    figures.filter(({ verdict }) => verdict === 'fail').map(({ name }) => `${bench}, ${name}`),
  );
  if (!json) {
    console.log(
      failed.length === 0 ? '\nEvery target is met.' : `\nNot met: ${failed.join('; ')}.`,
    );
  }
  process.exitCode = failed.length === 0 ? 0 : 1;
}

function readCommand() {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true });
  } catch (error) {
    return { error: error.message };
  }
}

function refuse(sentence) {
  console.error(`${sentence}\n\n${usage()}`);
  process.exitCode = 2;
}

function usage() {
  const width = Math.max(...Object.keys(BENCHES).map((name) => name.length));
  const list = Object.entries(BENCHES).map(
    ([name, load]) => `  ${name.padEnd(width)}  ${load().summary}`,
  );
  return `Usage: npm run bench -- [<name> …] [options]

Each bench prints its figures with what they are held against. The exit code is 0 if every target
is met, 1 if one is not, 2 if the command was typed wrongly. Without a name all are run.

${list.join('\n')}

  --short  less of the same, held against wide margins, in under 90 s for all of those that need no server
  --share  this share of the rounds, e.g. 0.3 where others need the machine
  --only   of a bench that compares several things, only these, e.g. metrics,everything
  --json   print one JSON document
  --write  write docs/benchmarks.md
  --help   this text`;
}

main().then(
  () => process.exit(),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
