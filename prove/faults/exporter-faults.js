'use strict';
const { BasicTracerProvider, BatchSpanProcessor } = require('@opentelemetry/sdk-trace-base');
const { breakMethods } = require('./break-object');

const EXPORTER_KINDS = ['throwing', 'hanging', 'slow', 'garbage', 'gone and back'];
const TRACER_KINDS = ['throwing', 'slow', 'garbage', 'gone and back'];
const LOGGER_KINDS = ['throwing', 'rejecting', 'hanging', 'slow', 'garbage', 'gone and back'];
const SLOW_SPAN_MS = 0.2;

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

const exporterFaults = EXPORTER_KINDS.map((kind) => ({
  part: 'exporter',
  kind,
  uncounted: "behind the tracer stands the team's own SDK, which has this to count",
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

/** A tracer that fails by itself. A span is begun, not waited for: it cannot hang, and a slow one takes a while. */
const tracerFaults = TRACER_KINDS.map((kind) => ({
  part: 'tracer',
  kind,
  ...(kind === 'slow' && { uncounted: 'the spans are made' }),
  prepare: async () => {
    const provider = startProvider(exporter);
    const tracer = provider.getTracer('turnspan');
    const { broken, enterPhase } =
      kind === 'slow'
        ? { broken: slowTracer(tracer), enterPhase: () => {} }
        : breakMethods(tracer, { methods: ['startSpan'], kind });
    return {
      options: { tracing: { tracer: broken } },
      enterPhase,
      close: () => provider.shutdown().catch(() => {}),
    };
  },
}));

function slowTracer(tracer) {
  const startSpan = (...args) => {
    const until = performance.now() + SLOW_SPAN_MS;
    while (performance.now() < until);
    return tracer.startSpan(...args);
  };
  return Object.assign(Object.create(tracer), { startSpan });
}

/** A round tells a hundred records or so, and until a thousand wait a logger that hangs may only be slow. */
const LOGGER_COUNTED = {
  hanging: { countedFrom: 15 },
  slow: { uncounted: 'the records are taken' },
  garbage: { uncounted: 'nobody asks what a logger returns' },
};

const loggerFaults = LOGGER_KINDS.map((kind) => ({
  part: 'logger',
  kind,
  ...LOGGER_COUNTED[kind],
  prepare: async () => {
    const logger = { emit: () => {} };
    const { broken, enterPhase } = breakMethods(logger, { methods: ['emit'], kind });
    return { options: { logs: { logger: broken } }, enterPhase, close: async () => {} };
  },
}));

module.exports = { exporterFaults, loggerFaults, tracerFaults };
