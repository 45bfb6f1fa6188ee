/**
 * The pizza bot with an OpenTelemetry SDK in a process of its own: it exports over OTLP to
 * `OTEL_EXPORTER_OTLP_ENDPOINT`, and its parent process asks it, over IPC, how many spans are open.
 */
const { OTLPTraceExporter } = require('@opentelemetry/exporter-trace-otlp-proto');
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
const { NodeSDK, tracing } = require('@opentelemetry/sdk-node');

const open = new Set();
const counter = {
  onStart: (span) => open.add(span),
  onEnd: (span) => open.delete(span),
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};
const sdk = new NodeSDK({
  serviceName: 'pizzeria',
  instrumentations: [new HttpInstrumentation()],
  spanProcessors: [counter, new tracing.BatchSpanProcessor(new OTLPTraceExporter())],
});
sdk.start();

const { MemoryStorage } = require('botbuilder-core');
const { Botkit } = require('botkit');
const { WhatsAppAdapter } = require('@turnspan/botkit-whatsapp');
const { turnspan } = require('turnspan');
const { addConversations } = require('../../../examples/bot/conversations');

const adapter = new WhatsAppAdapter({
  ...JSON.parse(process.env.WHATSAPP_ACCOUNT),
  baseUrl: process.env.GRAPH_URL,
});
const controller = new Botkit({
  adapter,
  webhook_uri: '/webhook',
  storage: new MemoryStorage(),
  disable_console: true,
});
let passedMs = 0;
const plugin = turnspan({ now: () => Date.now() + passedMs, metrics: false });
controller.usePlugin(plugin);
addConversations(controller);

const answer = {
  port: () => controller.http.address().port,
  /** Spans of Turnspan that have begun and not ended. */
  openSpans: () =>
    [...open]
      .filter((span) => span.instrumentationScope.name === 'turnspan')
      .map(({ name }) => name),
  /** Lets a day pass, in which nobody writes. */
  letDayPass: () => {
    passedMs += 24 * 60 * 60 * 1000;
    return plugin.sweep();
  },
  flush: () => sdk.shutdown(),
};

process.on('message', async ({ id, question }) => {
  process.send({ id, answer: (await answer[question]()) ?? null });
});
controller.http.once('listening', () => process.stdout.write('listening\n'));
