'use strict';
const Table = require('cli-table3');

/** 97.5 % point of the normal distribution, for 95 % intervals. */
const Z = 1.959964;

/** Draws the conversation tree as a table: where people go, wait, get lost and leave. */
function drawNodes(samples) {
  const table = new Table({
    head: ['node', 'entered', 'drop-off (95 %)', 'wait', 'repeats', 'loops', 'back'],
    colAligns: ['left', ...Array(6).fill('right')],
    style: { head: [], border: [], compact: true },
  });
  for (const { flow, node } of questions(samples)) {
    const at = { flow, node };
    const exits = total(samples, 'conversation_node_exits_total', at);
    const dropped = total(samples, 'conversation_node_exits_total', { ...at, outcome: 'dropped' });
    table.push([
      `${flow}/${node}`,
      total(samples, 'conversation_node_entries_total', at),
      exits === 0 ? '–' : formatRate(dropped, exits),
      formatSeconds(median(samples, 'conversation_reply_wait_seconds', at)),
      total(samples, 'conversation_node_exits_total', { ...at, outcome: 'repeated' }),
      total(samples, 'conversation_node_loops_total', at),
      total(samples, 'conversation_node_returns_total', at),
    ]);
  }
  return table.toString();
}

/** Draws how long people waited for the bot. */
function drawResponses(samples) {
  const table = new Table({
    head: ['response time', 'count', 'median', 'p95', 'mean'],
    colAligns: ['left', ...Array(4).fill('right')],
    style: { head: [], border: [], compact: true },
  });
  for (const [title, metric] of [
    ['first', 'conversation_first_response_seconds'],
    ['every', 'conversation_response_seconds'],
    ['as felt', 'conversation_felt_response_seconds'],
    ['delay by WhatsApp', 'conversation_inbound_delay_seconds'],
  ]) {
    const count = total(samples, `${metric}_count`, {});
    const mean = total(samples, `${metric}_sum`, {}) / count;
    const [p50, p95] = [
      quantile(samples, metric, { q: 0.5 }),
      quantile(samples, metric, { q: 0.95 }),
    ];
    table.push([title, count, ...[p50, p95, mean].map(formatSeconds)]);
  }
  return table.toString();
}

/** Questions by drop-off, worst first. */
function questions(samples) {
  return samples
    .filter(({ name }) => name === 'conversation_node_stalls_total')
    .map(({ labels }) => labels)
    .filter(({ node }) => node !== 'delivery')
    .sort((a, b) => rate(samples, b) - rate(samples, a));
}

function rate(samples, { flow, node }) {
  const exits = total(samples, 'conversation_node_exits_total', { flow, node });
  return (
    total(samples, 'conversation_node_exits_total', { flow, node, outcome: 'dropped' }) /
    (exits || 1)
  );
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

function median(samples, metric, labels) {
  return quantile(samples, metric, { q: 0.5, labels });
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

module.exports = { drawNodes, drawResponses };
