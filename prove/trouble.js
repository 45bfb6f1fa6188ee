'use strict';
const { createRound, transcriptOf } = require('./faults/script');
const { load } = require('./load');
const { startMeta, startPizzaBot } = require('./bot/pizza-bot');
const { corruptFiles, fullDisk, readOnlyDisk } = require('./trouble/disks');
const { loadingRedis, readOnlyRedis, wrongPassword } = require('./trouble/servers');
const { setTimeout: sleep } = require('node:timers/promises');
const { turnspan } = require('../packages/turnspan');
const { parseExposition } = load('@turnspan/testing');

const summary = 'full disks, wrong passwords and the like: the bot goes on, and hears what to do';

const TROUBLES = [fullDisk, readOnlyDisk, corruptFiles, wrongPassword, loadingRedis, readOnlyRedis];
const PHASES = ['before', 'during', 'after'];
const ROUNDS = { full: 5, short: 1 };
/** Longer than the guard of a store, the journal's next write and a sweep. */
const SETTLE_MS = 1_500;

async function run({ short, report }) {
  const { error } = console;
  console.error = () => {};
  try {
    const plain = await play({ rounds: short ? ROUNDS.short : ROUNDS.full });
    for (const trouble of TROUBLES) {
      report.progress(trouble.name);
      await prove(trouble, { plain, rounds: short ? ROUNDS.short : ROUNDS.full, report });
    }
  } finally {
    console.error = error;
  }
}

async function prove({ name, advice, prepare }, { plain, rounds, report }) {
  const stage = await prepare();
  const heard = [];
  const options = { ...stage.options, metrics: { port: 0 }, sweepIntervalMs: 200 };
  const plugin = turnspan({ ...options, onError: (error) => heard.push(String(error)) });
  const played = await play({ plugin, rounds, enterPhase: stage.enterPhase });
  await stage.close();
  const advised = heard.find((text) => advice.test(text));
  report.figure(`${name}_contained`, played.contained, 'errors');
  report.holds(played.transcript === plain.transcript, `${name}: the bot did not say the same.`);
  report.holds(played.contained > 0, `${name}: it was counted nowhere.`);
  report.holds(
    advised !== undefined,
    `${name}: nobody heard what to do, but ${heard.slice(0, 3)}.`,
  );
  const told = heard.some((text) => stage.secret && text.includes(stage.secret));
  report.holds(!told, `${name}: a password was told.`);
  if (advised) report.say(`  ${advised}`);
}

/** Plays rounds before, during and after the trouble, and gives all that the bot said. */
async function play({ plugin, rounds, enterPhase = () => {} }) {
  const graph = await startMeta();
  const bot = await startPizzaBot({ graph, plugin });
  graph.setWebhookUrl(bot.webhookUrl);
  for (const [index, phase] of PHASES.entries()) {
    await enterPhase(phase);
    for (let round = 0; round < rounds; round += 1) {
      for (const step of createRound(index * rounds + round)) await step(graph);
    }
    if (plugin) await sleep(SETTLE_MS);
  }
  const contained = plugin ? countContained(await plugin.metrics()) : 0;
  const transcript = transcriptOf(graph);
  await bot.close();
  await graph.close();
  return { transcript, contained };
}

function countContained(text) {
  const name = 'turnspan_contained_errors_total';
  return parseExposition(text).find((sample) => sample.name === name)?.value ?? Number.NaN;
}

module.exports = { run, summary };
