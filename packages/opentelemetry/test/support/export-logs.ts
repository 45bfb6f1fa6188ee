import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { createLogsObserver } from '../../src';
import { tellStory } from './log-story';

/** Tells the story in a process of its own that sends its records to `OTEL_EXPORTER_OTLP_ENDPOINT`. */
async function main(): Promise<void> {
  const processor = new BatchLogRecordProcessor({ exporter: new OTLPLogExporter() });
  const loggerProvider = new LoggerProvider({ processors: [processor] });
  const { observe } = createLogsObserver({ loggerProvider });
  for (const event of tellStory()) observe(event);
  await loggerProvider.shutdown();
}

void main();
