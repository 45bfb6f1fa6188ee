'use strict';
const { load } = require('../load');
const { breakMethods } = require('./break-object');
const { Registry } = load('prom-client');

const KINDS = ['throwing', 'rejecting', 'hanging', 'slow', 'garbage', 'gone and back'];

/** Longer than a scrape waits for a registry. */
const HANGING_SETTLE_MS = 10_500;

/**
 * A registry that fails when it is scraped: who scrapes it gets a 500 or a 503. The counter is in
 * the registry that fails, and is read there past what is broken.
 */
const registryFaults = KINDS.map((kind) => ({
  part: 'registry',
  kind,
  ...(kind === 'slow' && { uncounted: 'it answers in time' }),
  ...(kind === 'hanging' && { settleMs: HANGING_SETTLE_MS }),
  prepare: async () => {
    const registry = new Registry();
    const { broken, enterPhase } = breakMethods(registry, {
      methods: ['metrics', 'getMetricsAsArray'],
      kind,
    });
    return {
      options: { metrics: { registry: broken, port: 0 } },
      enterPhase,
      readMetrics: () => registry.metrics(),
      close: async () => {},
    };
  },
}));

module.exports = { registryFaults };
