import { NodeSDK } from '@opentelemetry/sdk-node';
import { createOpenTelemetryObserver } from '../../src';
import { playSignup } from './events';

/** Plays two turns in a process of its own that sends its spans to `OTEL_EXPORTER_OTLP_ENDPOINT`. */
async function main(): Promise<void> {
  const sdk = new NodeSDK({ serviceName: 'bot' });
  sdk.start();
  const signup = playSignup(createOpenTelemetryObserver().observe);
  await sdk.shutdown();
  process.stdout.write(JSON.stringify(signup));
}

void main();
