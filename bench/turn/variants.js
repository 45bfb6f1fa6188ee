'use strict';
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { load, loadFrom } = require('../harness/load');

const QUIET = {
  data: false,
  journal: false,
  tracing: false,
  metrics: { port: 0 },
  onError: (error) => {
    throw error;
  },
};

/** What can be put into the bot; each gets it before its dialogs are used, and says how its turns are run. */
const VARIANTS = {
  bare: () => ({}),
  control: () => ({}),
  off: async (bot) => {
    const plugin = use(bot, QUIET);
    await plugin.shutdown();
    return plugin;
  },
  metrics: (bot) => void use(bot, QUIET),
  spans: (bot) => void use(bot, { ...QUIET, tracing: { tracer: createTracer() } }),
  journal: (bot) => void use(bot, { ...QUIET, ...inFolder(), journal: undefined }),
  everything: (bot) =>
    void use(bot, {
      ...QUIET,
      ...inFolder(),
      journal: undefined,
      tracing: { tracer: createTracer() },
    }),
  /** What several processes of a bot share: who waits in Redis, and what happened in Postgres. */
  shared: (bot, { redis, postgres }) =>
    void use(bot, {
      ...QUIET,
      store: redis,
      journal: { url: postgres },
      privacy: { key: 'the same in every process' },
    }),
  telemetryLogger: ({ adapter }) => {
    const { NullTelemetryClient, TelemetryLoggerMiddleware } = loadFrom('.', 'botbuilder-core');
    adapter.use(new TelemetryLoggerMiddleware(new NullTelemetryClient(), true));
  },
  agentsTelemetry: ({ controller }, { peers }) => {
    const agents = require(join(peers, 'node_modules', '@microsoft', 'agents-telemetry'));
    const { SpanNames, trace } = agents;
    const span = trace.define({ name: SpanNames.ADAPTER_PROCESS });
    return { handle: (context) => trace(span, () => controller.handleTurn(context)) };
  },
};

function use({ controller }, options) {
  const { turnspan } = load('./dist');
  const plugin = turnspan(options);
  controller.usePlugin(plugin);
  return plugin;
}

function inFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return { data: folder };
}

/** Spans are recorded and handed over in batches, as in production, to an exporter that drops them. */
function createTracer() {
  const { BasicTracerProvider, BatchSpanProcessor } = loadFrom(
    '.',
    '@opentelemetry/sdk-trace-base',
  );
  const exporter = {
    export: (_spans, done) => done({ code: 0 }),
    shutdown: async () => {},
  };
  const provider = new BasicTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] });
  return provider.getTracer('turnspan');
}

module.exports = { VARIANTS };
