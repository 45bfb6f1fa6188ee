'use strict';
const { setTimeout: sleep } = require('node:timers/promises');
const { load } = require('../load');
const { turnspan } = require('../../packages/turnspan');
const { startMeta, startPizzaBot } = require('../bot/pizza-bot');
const { createRound, transcriptOf } = require('./script');
const { parseExposition } = load('@turnspan/testing');

/** What the last turn left to do in the background is done by then, unless a fault says otherwise. */
const SETTLE_MS = 100;
const SCRAPE_TIMEOUT_MS = 300;
const MINUTE_MS = 60_000;

/**
 * Plays the same rounds to the bot with Turnspan and to two without, step by step and one after
 * the other, while something of Turnspan's is broken. How far the two plain ones differ shows what
 * the machine does besides.
 */
async function runTrial(fault, rounds) {
  const warnings = collectWarnings();
  const stage = await fault.prepare();
  const from = performance.now();
  const [plain, control] = [await startBot(), await startBot()];
  const tracked = await startBot(stage.options);
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    stage.enterPhase(phaseOf(round, rounds));
    times.push(...(await playRound([plain, control, tracked], round)));
    await scrape(tracked.plugin);
  }
  await sleep(fault.settleMs ?? SETTLE_MS);
  stage.enterPhase('after');
  const contained = await countContained(tracked.plugin, stage);
  const isSame = transcriptOf(plain.graph) === transcriptOf(tracked.graph);
  const answers = plain.answers.join() === tracked.answers.join();
  const minutes = Math.ceil((performance.now() - from) / MINUTE_MS);
  await Promise.all([plain.close(), control.close(), tracked.close()]);
  await stage.close();
  return { isSame: isSame && answers, times, contained, minutes, warnings: warnings.stop() };
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

/** Each bot is the first, the second and the last one equally often. */
async function playRound(bots, round) {
  const times = [];
  const steps = bots.map(() => createRound(round));
  for (const index of steps[0].keys()) {
    const taken = [];
    for (const place of bots.keys()) {
      const turn = (index + round + place) % bots.length;
      taken[turn] = await time(bots[turn], steps[turn][index]);
    }
    const [plain, control, tracked] = taken;
    times.push({ growth: tracked - plain, noise: control - plain });
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
