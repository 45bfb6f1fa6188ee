'use strict';
const Table = require('cli-table3');

/** 97.5 % point of the normal distribution, for 95 % intervals. */
const Z = 1.959964;

/** Lines without borders, narrow enough for a terminal of 80 columns. */
const BORDERS = ['top', 'bottom', 'left', 'right', 'mid'];
const CHARS = Object.fromEntries(
  BORDERS.flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`]).map((name) => [
    name,
    '',
  ]),
);

function createTable(head) {
  return new Table({
    head,
    colAligns: ['left', ...head.slice(1).map(() => 'right')],
    chars: { ...CHARS, middle: '  ', 'left-mid': '', 'right-mid': '', 'mid-mid': '' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
}

/** Draws the questions of the conversation tree as a table, the one that lost most people first. */
function drawNodes(samples) {
  const table = createTable([
    'question',
    'asked',
    'left',
    'drop-off (95 %)',
    'wait',
    'again',
    'loops',
    'back',
  ]);
  for (const at of questions(samples)) {
    const exits = total(samples, 'conversation_node_exits_total', at);
    table.push([
      `${at.flow}/${at.node}`,
      total(samples, 'conversation_node_entries_total', at),
      dropped(samples, at),
      exits === 0 ? '–' : formatRate(dropped(samples, at), exits),
      formatSeconds(quantile(samples, 'conversation_reply_wait_seconds', { q: 0.5, labels: at })),
      total(samples, 'conversation_node_exits_total', { ...at, outcome: 'repeated' }),
      total(samples, 'conversation_node_loops_total', at),
      total(samples, 'conversation_node_returns_total', at),
    ]);
  }
  return table.toString();
}

/** Draws how long people waited for an answer. */
function drawResponses(samples) {
  const table = createTable(['response time', 'count', 'median', 'p95', 'mean']);
  for (const [title, metric, labels] of [
    ['first, by the bot', 'conversation_first_response_seconds', { responder: 'bot' }],
    ['every, by the bot', 'conversation_response_seconds', { responder: 'bot' }],
    ['first, by a person', 'conversation_first_response_seconds', { responder: 'agent' }],
    ['as people felt it', 'conversation_felt_response_seconds', {}],
    ['delay by WhatsApp', 'conversation_inbound_delay_seconds', {}],
  ]) {
    const count = total(samples, `${metric}_count`, labels);
    const mean = total(samples, `${metric}_sum`, labels) / count;
    const [p50, p95] = [0.5, 0.95].map((q) => quantile(samples, metric, { q, labels }));
    table.push([title, count, ...[p50, p95, mean].map(formatSeconds)]);
  }
  return table.toString();
}

/** Tells how Meta's ratings changed, and which question people got last before they opted out. */
function drawQuality(samples, changes) {
  const optOuts = samples.filter(({ name }) => name === 'whatsapp_opt_outs_total');
  const worst = optOuts.sort((a, b) => b.value - a.value)[0];
  const all = optOuts.reduce((sum, { value }) => sum + value, 0);
  const lines = ['phone', 'template'].map((kind) => {
    const ratings = changes.filter(
      ({ subject, attribute }) => subject.kind === kind && attribute === 'rating',
    );
    return `${kind.padEnd(9)} ${ratings.map(({ value, at }) => `${value} ${formatDay(at)}`).join(' → ')}`;
  });
  if (!worst) return lines.join('\n');
  const { flow, node } = worst.labels;
  const capped = total(samples, 'whatsapp_message_failures_total', { class: 'frequency_cap' });
  return [
    ...lines,
    `opt-outs  ${worst.value} of ${all} right after ${flow}/${node}`,
    `capped    ${capped} messages not delivered "to maintain healthy ecosystem engagement"`,
  ].join('\n');
}

function formatDay(time) {
  const date = new Date(time);
  const day = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return `${day} ${date.toISOString().slice(11, 16)}`;
}

/** Draws what came of the experiment, and what to do about it. */
function drawExperiment({ arms, paused, verdict }) {
  const table = createTable([
    'experiment ask-door',
    'shown',
    'through',
    'against the first (95 %)',
  ]);
  for (const { variant, users, reached } of arms) {
    const found = verdict.comparisons.find((each) => each.variant === variant);
    const note = paused.has(variant) ? 'paused: it did harm' : formatDifference(found);
    table.push([variant, users, users === 0 ? '–' : `${percent(reached / users)} %`, note]);
  }
  const lines = [table.toString(), '', verdict.sentence, ...verdict.warnings].join('\n');
  return lines.replace(/ +$/gm, '');
}

function formatDifference(found) {
  if (!found) return '';
  const [points, low, high] = [found.difference, found.lower, found.upper].map(percent);
  return `${points > 0 ? '+' : ''}${points} points (${low} to ${high})`;
}

/** What every column means. */
const LEGEND = [
  'left: dropped after 24 hours of silence (coupon: 6). drop-off: left ÷ settled visits.',
  'wait: median until the answer. again: asked again. back: came back after leaving.',
].join('\n');

/** Nodes at which people can be waited for. */
function questions(samples) {
  return samples
    .filter(({ name }) => name === 'conversation_waiting')
    .map(({ labels: { flow, node } }) => ({ flow, node }))
    .filter((at) => total(samples, 'conversation_reply_wait_seconds_count', at) > 0)
    .sort((a, b) => dropped(samples, b) - dropped(samples, a));
}

function dropped(samples, at) {
  return total(samples, 'conversation_node_exits_total', { ...at, outcome: 'dropped' });
}

function total(samples, metric, labels) {
  const wanted = Object.entries(labels);
  return samples
    .filter(
      ({ name, labels: has }) =>
        name === metric && wanted.every(([key, value]) => has[key] === value),
    )
    .reduce((sum, { value }) => sum + value, 0);
}

/** As Prometheus' histogram_quantile: linear inside of a bucket. */
function quantile(samples, metric, { q, labels = {} }) {
  const count = total(samples, `${metric}_count`, labels);
  const bounds = [
    ...new Set(
      samples.filter(({ name }) => name === `${metric}_bucket`).map(({ labels: { le } }) => le),
    ),
  ]
    .map((le) => ({ le, bound: le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le) }))
    .sort((a, b) => a.bound - b.bound);
  let lower = { bound: 0, below: 0 };
  for (const { le, bound } of bounds) {
    const below = total(samples, `${metric}_bucket`, { ...labels, le });
    if (count > 0 && below >= q * count) {
      if (bound === Number.POSITIVE_INFINITY) return lower.bound;
      return (
        lower.bound + ((bound - lower.bound) * (q * count - lower.below)) / (below - lower.below)
      );
    }
    lower = { bound, below };
  }
  return Number.NaN;
}

/** A rate with its Wilson 95 % interval. */
function formatRate(part, whole) {
  const p = part / whole;
  const shrink = 1 + Z ** 2 / whole;
  const centre = (p + Z ** 2 / (2 * whole)) / shrink;
  const half = (Z * Math.sqrt((p * (1 - p)) / whole + Z ** 2 / (4 * whole ** 2))) / shrink;
  const [low, high] = [Math.max(0, centre - half), Math.min(1, centre + half)].map(percent);
  return `${percent(p)} % (${low}–${high})`;
}

function percent(value) {
  return Math.round(value * 100);
}

function formatSeconds(seconds) {
  if (Number.isNaN(seconds)) return '–';
  if (seconds < 90) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

module.exports = { drawExperiment, drawNodes, drawQuality, drawResponses, LEGEND };
