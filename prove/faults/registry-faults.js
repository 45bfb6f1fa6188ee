'use strict';
const { load } = require('../load');
const { breakMethods } = require('./break-object');
const { Registry } = load('prom-client');

const KINDS = ['throwing', 'rejecting', 'hanging', 'slow', 'garbage', 'gone and back'];

/**
 * A registry that fails when it is scraped. Who scrapes it gets a 500 or nothing; that is told to
 * `onError`, as the counter is in the registry that fails.
 */
const registryFaults = KINDS.map((kind) => ({
  part: 'registry',
  kind,
  isCounted: false,
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
