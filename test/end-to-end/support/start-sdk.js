/** Registers an OpenTelemetry SDK that exports to `OTEL_EXPORTER_OTLP_ENDPOINT`: `node --require ./start-sdk.js`. */
const { NodeSDK } = require('@opentelemetry/sdk-node');

new NodeSDK({ serviceName: 'bot' }).start();
