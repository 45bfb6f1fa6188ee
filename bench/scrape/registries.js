'use strict';
const { load } = require('../harness/load');
const { createPrometheusObserver } = load('@turnspan/prometheus');
const { Counter, Gauge, Histogram, Registry } = load('prom-client');

const AT = Date.UTC(2026, 0, 5, 9);
const USER = { channel: 'web', line: 'bot', key: 'somebody' };
const OUTCOMES = ['advanced', 'repeated', 'dropped'];
const NODES_OF_FLOW = 30;
/** Nothing is left out, however many there are. */
const CAPS = { flows: 10_000, nodes: 100_000, edges: 100_000 };
const SNAPSHOT = { waiting: [], unanswered: [], settledUntil: AT, sweepLagSeconds: 0 };

/** Fills a registry of ours, as a bot with many nodes would, until it has so many lines. */
async function createOurs(lines) {
  const registry = new Registry();
  const errors = [];
  const { observe } = createPrometheusObserver({
    registry,
    caps: CAPS,
    snapshot: () => SNAPSHOT,
    onError: (error) => errors.push(error),
  });
  let nodes = 0;
  for (let count = 0; count < lines; count = await countLines(registry)) {
    const missing = Math.max(1, Math.floor(((lines - count) * (nodes || 1)) / (count || lines)));
    for (let added = 0; added < missing; added += 1) visit(observe, nodes + added);
    nodes += missing;
    if (errors.length > 0) throw errors[0];
  }
  return registry;
}

function visit(observe, number) {
  const flow = `flow${Math.floor(number / NODES_OF_FLOW)}`;
  const journey = {
    id: 'journey',
    flow,
    version: 'v1',
    variant: '',
    exposures: [],
    entry: 'user',
    startedAt: AT,
    user: USER,
    sessionId: 'session',
  };
  const node = `node${number}`;
  const at = { enteredAt: AT, askedAt: AT };
  const reached = { journey, index: 1, node, kind: 'question', variant: '', ...at };
  const turn = { id: 'turn', user: USER, startedAt: AT, session: { id: 'session' } };
  observe({ kind: 'node_entered', at: AT, visit: reached, turn, from: `node${number - 1}` });
  for (const outcome of OUTCOMES) {
    const seconds = { waitSeconds: 1 + (number % 90), processingSeconds: 0.001 * (number % 50) };
    observe({ kind: 'visit_settled', at: AT, visit: reached, turn, outcome, ...seconds });
  }
}

/** Keeps the same series as a registry does in plain metrics of prom-client. */
async function createPlain(registry) {
  const plain = new Registry();
  for (const metric of await registry.getMetricsAsJSON()) copyMetric(metric, plain);
  return plain;
}

function copyMetric({ name, help, type, values }, plain) {
  if (values.length === 0) return;
  const first = values.flatMap(({ labels }) => Object.keys(labels));
  const labelNames = [...new Set(first)].filter((label) => label !== 'le');
  const options = { name, help, labelNames, registers: [plain] };
  if (type === 'histogram') return copyHistogram(options, values);
  const metric = type === 'counter' ? new Counter(options) : new Gauge(options);
  for (const { labels, value } of values) metric.inc(labels, value);
}

function copyHistogram(options, values) {
  const bounds = values.map(({ labels }) => labels.le).filter((le) => le !== undefined);
  const buckets = [...new Set(bounds)].map(Number).filter(Number.isFinite);
  const histogram = new Histogram({ ...options, buckets });
  const sums = values.filter(({ metricName }) => metricName === `${options.name}_sum`);
  for (const { labels, value } of sums) histogram.observe(labels, value);
}

async function countLines(registry) {
  const text = await registry.metrics();
  return text.split('\n').length;
}

module.exports = { countLines, createOurs, createPlain };
