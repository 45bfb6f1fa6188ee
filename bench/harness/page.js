'use strict';
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { describeMachine } = require('./machine');
const { toFigureText, toTargetText } = require('./report');

const RESULTS = join(__dirname, '..', 'results');
const PAGE = join(__dirname, '..', '..', 'docs', 'benchmarks.md');

const INTRODUCTION = `# Benchmarks

<!-- Written by \`npm run bench -- --write\`; do not edit. -->

What is measured is measured in turns with what it is compared with, A B A B …, so that whatever the
machine does meanwhile meets both alike. A figure is the median; what stands in brackets is its 95 %
interval, drawn again from the measurements themselves (bootstrap). A ratio is the median of the
ratios of neighbours. Every table has a line where the same is compared with itself: what that is away
from 1 is noise, and so is any difference as small. Unless something else is said, times are processor
time of the thread that the bot runs in. [What it costs](guides/what-it-costs.md) says what this means
for a bot.`;

/** Keeps the results, and writes the page anew from the latest result of every bench. */
function writePage(results, names) {
  mkdirSync(RESULTS, { recursive: true });
  const machine = describeMachine();
  for (const result of results) {
    const text = JSON.stringify({ ...result, machine }, null, 2);
    writeFileSync(fileOf(result.bench), `${text}\n`);
  }
  const kept = names.map(readResult).filter((result) => result !== undefined);
  const left = names.filter((name) => !existsSync(fileOf(name)));
  writeFileSync(PAGE, `${toPage(kept, left)}\n`);
}

function readResult(name) {
  const file = fileOf(name);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function fileOf(name) {
  return join(RESULTS, `${name}.json`);
}

/** The page of some results, in Markdown; `left` are the benches that have none. */
function toPage(results, left = []) {
  return [
    INTRODUCTION,
    toList(
      'Targets that are not met',
      findFigures(results, ({ verdict }) => verdict === 'fail'),
    ),
    toList('Where a peer is better', findFigures(results, isBetterPeer)),
    toList('What was not measured', [
      ...findMissing(results),
      ...left.map((name) => `\`${name}\`: it was not run yet`),
    ]),
    ...results.map(toSection),
  ].join('\n\n');
}

function findFigures(results, isWanted) {
  return results.flatMap(({ bench, figures }) =>
    figures
      .filter(isWanted)
      .map(
        (figure) => `\`${bench}\` ${figure.name}: ${toFigureText(figure)}${toTargetText(figure)}`,
      ),
  );
}

function isBetterPeer({ peer, verdict }) {
  return peer !== undefined && verdict === 'fail';
}

function findMissing(results) {
  return results.flatMap(({ bench, missing }) =>
    missing.map(({ name, reason }) => `\`${bench}\` \`${name}\`: ${reason}`),
  );
}

function toList(title, lines) {
  const list = lines.length === 0 ? 'None.' : lines.map((line) => `- ${line}`).join('\n');
  return `## ${title}\n\n${list}`;
}

function toSection({ bench, summary, figures, notes, machine, seconds, share }) {
  const rows = figures.map((figure) => {
    const target = toTargetText(figure, '');
    return `| ${figure.name} | ${target} | ${toFigureText(figure)} | ${figure.verdict ?? ''} |`;
  });
  const head = ['| what | target | measured | |', '| --- | --- | --- | --- |'];
  const { date, commit, node, processors, memory, system, load, libraries } = machine;
  const where =
    `${date}, commit ${commit}, Node.js ${node}, ${processors}, ${memory}, ${system}; the load of the ` +
    `machine was ${load} at the end; ${Math.round(seconds)} s, ${share} of the rounds. ${libraries}.`;
  const parts = [`## ${bench}`, `${summary[0].toUpperCase()}${summary.slice(1)}.`];
  return [...parts, [...head, ...rows].join('\n'), ...notes, where].join('\n\n');
}

module.exports = { toPage, writePage };
