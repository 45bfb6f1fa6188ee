'use strict';
const { load, loadFrom } = require('../harness/load');
const { MemoryStore, Tracker } = load('@turnspan/core');
const { createPrometheusObserver } = load('@turnspan/prometheus');
const { createOpenTelemetryObserver } = load('@turnspan/opentelemetry');
const { Counter, Histogram, Registry } = load('prom-client');

const FLOW = 'form';
const LINE = { channel: 'web', line: 'bot' };

/** Plays turns to a tracker in which a person is told one message at each of many nodes. */
function createVisitor(observers) {
  const tracker = new Tracker({ hashKey: 'a key', store: new MemoryStore('bench'), observers });
  let person = 0;
  return (nodes) => {
    person = (person + 1) % 100;
    const turn = tracker.startTurn({ ...LINE, userId: `person${person}`, inputKind: 'text' });
    const journey = tracker.begin(turn, { flow: FLOW, parents: [], save: () => undefined });
    for (const id of nodes) {
      tracker.enter(turn, journey, { id, kind: 'message' });
      tracker.sent(turn, tracker.send(turn), { messages: 1, parents: [] });
    }
    tracker.end(turn, journey, 'completed');
    tracker.endTurn(turn);
  };
}

function createMetrics() {
  const { observe } = createPrometheusObserver({
    registry: new Registry(),
    snapshot: () => ({}),
  });
  return observe;
}

/** Records spans and lets go of each when it ends, which is what an SDK does at the least. */
function createTracer() {
  const { BasicTracerProvider } = loadFrom('.', '@opentelemetry/sdk-trace-base');
  return new BasicTracerProvider().getTracer('turnspan');
}

/** The updates of one node by means of prom-client itself. */
function createPlainMetrics() {
  const registers = [new Registry()];
  const counter = (name, ...labelNames) =>
    new Counter({ name, help: name, labelNames: ['flow', ...labelNames], registers });
  const entries = counter('entries', 'node', 'variant');
  const transitions = counter('transitions', 'from', 'to');
  const exits = counter('exits', 'node', 'variant', 'outcome');
  const messages = counter('messages', 'node');
  const times = new Histogram({
    name: 'times',
    help: 'times',
    labelNames: ['flow', 'node'],
    registers,
  });
  return (nodes) => {
    let from = 'start';
    for (const node of nodes) {
      const place = { flow: FLOW, node, variant: '' };
      entries.inc(place);
      transitions.inc({ flow: FLOW, from, to: node });
      messages.inc({ flow: FLOW, node });
      exits.inc({ ...place, outcome: 'advanced' });
      times.observe({ flow: FLOW, node }, 0.01);
      from = node;
    }
  };
}

/** One span for each node, with the attributes that tell where it is. */
function createPlainSpans() {
  const tracer = createTracer();
  return (nodes) => {
    for (const node of nodes) {
      const attributes = { flow: FLOW, version: 'v1', variant: '', node, outcome: 'advanced' };
      tracer.startSpan(node, { attributes }).end();
    }
  };
}

/** What is measured, by its name: each visits all the nodes that it is given. */
function createVisitors() {
  const spans = createOpenTelemetryObserver({ tracer: createTracer() }).observe;
  return {
    tracker: createVisitor([]),
    again: createVisitor([]),
    metrics: createVisitor([createMetrics()]),
    spans: createVisitor([createMetrics(), spans]),
    promClient: createPlainMetrics(),
    plainSpan: createPlainSpans(),
  };
}

module.exports = { createVisitors };
