'use strict';
const { setTimeout: sleep } = require('node:timers/promises');
const { load } = require('../load');
const { turnspan } = require('../../packages/turnspan');
const { startMeta, startPizzaBot } = require('../bot/pizza-bot');
const { createRound, transcriptOf } = require('./script');
const { parseExposition } = load('@turnspan/testing');

/** Longer than the guard of a store waits, and the journal for its next write. */
const SETTLE_MS = 1_300;
const SCRAPE_TIMEOUT_MS = 300;

/**
 * Plays the same rounds to the bot with Turnspan and to the one without, step by step and one after
 * the other, while something of Turnspan's is broken.
 */
async function runTrial(fault, rounds) {
  const warnings = collectWarnings();
  const stage = await fault.prepare();
  const plain = await startBot();
  const tracked = await startBot(stage.options);
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    stage.enterPhase(phaseOf(round, rounds));
    times.push(...(await playRound([plain, tracked], round)));
    await scrape(tracked.plugin);
  }
  await sleep(SETTLE_MS);
  stage.enterPhase('after');
  const contained = await countContained(tracked.plugin, stage);
  const isSame = transcriptOf(plain.graph) === transcriptOf(tracked.graph);
  const answers = plain.answers.join() === tracked.answers.join();
  await Promise.all([plain.close(), tracked.close()]);
  await stage.close();
  return { isSame: isSame && answers, times, contained, warnings: warnings.stop() };
}

async function startBot(options) {
  const graph = await startMeta();
  const plugin = options && turnspan({ data: false, metrics: { port: 0 }, ...options });
  const bot = await startPizzaBot({ graph, plugin });
  graph.setWebhookUrl(bot.webhookUrl);
  const close = async () => {
    await bot.close();
    await graph.close();
  };
  return { graph, plugin, answers: [], close };
}

/** The first third is sound, the second broken, the last sound again, for what goes and comes back. */
function phaseOf(round, rounds) {
  return ['before', 'during', 'after'][Math.floor((3 * round) / rounds)];
}

async function playRound([plain, tracked], round) {
  const times = [];
  for (const [index, step] of createRound(round).entries()) {
    const isTrackedFirst = (index + round) % 2 === 0;
    const order = isTrackedFirst ? [tracked, plain] : [plain, tracked];
    const taken = new Map();
    for (const bot of order) taken.set(bot, await time(bot, step));
    times.push({ step: index, plain: taken.get(plain), tracked: taken.get(tracked) });
  }
  return times;
}

async function time(bot, step) {
  const from = performance.now();
  bot.answers.push(await step(bot.graph));
  return performance.now() - from;
}

/** As Prometheus would; it gives up on what takes too long. */
async function scrape(plugin) {
  const address = await plugin.metricsAddress();
  if (!address) return;
  const signal = AbortSignal.timeout(SCRAPE_TIMEOUT_MS);
  const url = `http://${address.host}:${address.port}/metrics`;
  await fetch(url, { signal })
    .then((response) => response.text())
    .catch(() => {});
}

async function countContained(plugin, { readMetrics = () => plugin.metrics() }) {
  const samples = parseExposition(await readMetrics());
  const sample = samples.find(({ name }) => name === 'turnspan_contained_errors_total');
  return sample?.value ?? Number.NaN;
}

/** How often each kind of warning was given, instead of printing them. */
function collectWarnings() {
  const counts = new Map();
  const take = ({ name, code }) => {
    if (name === 'TurnspanWarning') counts.set(code, (counts.get(code) ?? 0) + 1);
  };
  process.on('warning', take);
  return {
    stop: () => {
      process.off('warning', take);
      return counts;
    },
  };
}

module.exports = { runTrial };
