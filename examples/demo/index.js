'use strict';
const { parseArgs } = require('node:util');
const { SingleBar } = require('cli-progress');
const { createHistory } = require('./history');
const { DAY, FIX, REWORDING } = require('./phases');
const { play } = require('./play');
const { drawExperiment, drawNodes, drawQuality, drawResponses, LEGEND } = require('./table');
const { buildWorld } = require('./world');

const USAGE = `Usage: npm start -- [options]

Plays customers of a pizza bot on WhatsApp for five simulated weeks: a question that somebody spoils,
how the rating falls because of it, and the experiment that mends it.

On a terminal it then shows all of that in a console, until Ctrl+C. Elsewhere it ends, unless
a port is named for somebody to scrape.

  --once           exit after the tables: 0 only if every counter equals the ledger
  --customers N    how many customers come (default 1600)
  --seed N         another seed is other people (default 7)
  --port N         port of /metrics (default 9464, or TURNSPAN_METRICS_PORT)
  --json           print the checks as JSON instead of tables
  --help           this text`;

const OPTIONS = {
  once: { type: 'boolean', default: false },
  customers: { type: 'string', default: '1600' },
  seed: { type: 'string', default: '7' },
  port: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

async function main() {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return console.log(USAGE);
  const [customers, seed] = [toNumber('customers', values), toNumber('seed', values)];
  const metrics = values.port === undefined ? {} : { port: toNumber('port', values) };
  const startedAt = Date.now();
  const openHistory = findHistory(values);
  const world = await buildWorld({ seed, metrics, openHistory });
  const onProgress = progress(values.json);
  const { result, logged } = await quietly(() => play(world, { customers, onProgress }));
  const { samples, checks, judged, days } = result;
  const seconds = (Date.now() - startedAt) / 1000;
  if (!values.json)
    report({ samples, changes: world.changes, judged, days, customers, logged, seconds });
  tellChecks(checks, values);
  if (!openHistory) return world.close();
  await stayUp(world);
}

function tellChecks(checks, { json }) {
  const wrong = checks.filter(({ right }) => !right);
  if (json) console.log(JSON.stringify({ checks: checks.length, wrong }, null, 2));
  for (const { series, expected, actual } of wrong.slice(0, 40)) {
    console.error(`wrong: ${series}: expected ${expected}, got ${actual ?? 'nothing'}`);
  }
  if (!json) console.log(`ledger: ${checks.length} checks, ${wrong.length} wrong`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

/** Undefined where nobody stays to look at it. */
function findHistory({ once, port }) {
  const stays = !once && (process.stdout.isTTY || port !== undefined);
  return stays ? createHistory : undefined;
}

function toNumber(name, values) {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= 0) return number;
  console.error(`Expected --${name} to be a whole number, got "${values[name]}".\n\n${USAGE}`);
  return process.exit(2);
}

function report({ samples, changes, judged, days, customers, logged, seconds }) {
  console.log(`\n${drawNodes(samples)}\n\n${LEGEND}\n\n${drawResponses(samples)}\n`);
  console.log(`${drawQuality(samples, changes)}\n\n${drawExperiment(judged)}\n`);
  console.log(
    `${customers} customers, ${days.toFixed(1)} simulated days, ${seconds.toFixed(0)} s.`,
  );
  console.log(`${logged} errors that were played on purpose, and that Botkit logs, are not shown.`);
}

/** A bar on a terminal, nothing elsewhere. */
function progress(isHidden) {
  if (isHidden || !process.stdout.isTTY) return () => {};
  const bar = new SingleBar({ format: 'simulating {bar} day {day} of {days}', hideCursor: true });
  let started = false;
  return (passed, whole) => {
    const values = { day: (passed / 86_400_000).toFixed(1), days: Math.round(whole / 86_400_000) };
    if (!started) bar.start(whole, passed, values);
    started = true;
    bar.update(Math.min(passed, whole), values);
    if (passed >= whole) bar.stop();
  };
}

/** Failures are part of the play: Botkit logs them, and leaves one kind of them unhandled. */
async function quietly(run) {
  const { error } = console;
  let logged = 0;
  const expectThrow = (reason) => {
    if (reason?.message !== 'the coupon service gave up') throw reason;
    logged += 1;
  };
  console.error = () => {
    logged += 1;
  };
  process.on('unhandledRejection', expectThrow);
  try {
    const result = await run();
    return { result, logged };
  } finally {
    console.error = error;
    process.off('unhandledRejection', expectThrow);
  }
}

async function stayUp(world) {
  const address = await world.bots.A.plugin.metricsAddress();
  if (address) console.log(`\nMetrics: http://${address.host}:${address.port}/metrics`);
  console.log(`Webhook: ${world.bots.A.webhookUrl}`);
  const page = await world.show();
  if (page) console.log(`Console: ${page.link}#/journey?period=${WEEK}`);
  const command = 'node packages/turnspan/bin/turnspan.js investigate --at 2026-11-04T14:00Z';
  console.log(`Terminal: ${command} --journal ${world.journalFile}`);
  console.log('The console stays open. Press Ctrl+C to stop.');
  // The listener for metrics never keeps a process alive; the bot's web server does.
  const stop = () => world.close().then(() => process.exit());
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
}

/** The week in which the question was a bad one, in the words of a link to the console. */
const WEEK = [REWORDING, FIX - DAY].map((at) => new Date(at).toISOString().slice(0, 10)).join('..');

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
