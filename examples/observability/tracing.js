'use strict';
const { NodeSDK } = require('@opentelemetry/sdk-node');

// Where traces go to is told by OTEL_EXPORTER_OTLP_ENDPOINT; without it there is nobody to send them to.
if (process.env.OTEL_EXPORTER_OTLP_ENDPOINT) {
  const sdk = new NodeSDK({ serviceName: 'pizza-bot' });
  sdk.start();
  process.once('beforeExit', () => sdk.shutdown());
}
