'use strict';
const { BasicTracerProvider, BatchSpanProcessor } = require('@opentelemetry/sdk-trace-base');
const { breakMethods } = require('./break-object');

const EXPORTER_KINDS = ['throwing', 'hanging', 'slow', 'garbage', 'gone and back'];
const TRACER_KINDS = ['throwing', 'garbage', 'gone and back'];

const exporter = {
  export: (_spans, done) => done({ code: 0 }),
  forceFlush: async () => {},
  shutdown: async () => {},
};

function startProvider(broken) {
  const processor = new BatchSpanProcessor(broken, {
    scheduledDelayMillis: 20,
    exportTimeoutMillis: 200,
  });
  return new BasicTracerProvider({ spanProcessors: [processor] });
}

/** Behind the tracer stands the team's own SDK: what fails there is the SDK's to count. */
const exporterFaults = EXPORTER_KINDS.map((kind) => ({
  part: 'exporter',
  kind,
  isCounted: false,
  prepare: async () => {
    const { broken, enterPhase } = breakMethods(exporter, { methods: ['export'], kind });
    const provider = startProvider(broken);
    return {
      options: { tracing: { tracer: provider.getTracer('turnspan') } },
      enterPhase,
      close: () => provider.shutdown().catch(() => {}),
    };
  },
}));

/** A tracer that fails by itself. */
const tracerFaults = TRACER_KINDS.map((kind) => ({
  part: 'tracer',
  kind,
  isCounted: true,
  prepare: async () => {
    const provider = startProvider(exporter);
    const tracer = provider.getTracer('turnspan');
    const { broken, enterPhase } = breakMethods(tracer, { methods: ['startSpan'], kind });
    return {
      options: { tracing: { tracer: broken } },
      enterPhase,
      close: () => provider.shutdown().catch(() => {}),
    };
  },
}));

module.exports = { exporterFaults, tracerFaults };
