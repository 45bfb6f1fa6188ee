import type { SpanContext } from '@opentelemetry/api';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { toMs } from './tracing';

/** A real SDK that keeps what it exports in memory. */
export interface Logging {
  readonly provider: LoggerProvider;
  readonly records: () => ReadableLogRecord[];
}

export function createLogging(): Logging {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
  return { provider, records: () => exporter.getFinishedLogRecords() };
}

/** A record as one line: when, how bad, what, where in a trace, and all that is known. */
export function toLine(record: ReadableLogRecord): string {
  const time = new Date(toMs(record.hrTime)).toISOString();
  const { severityText, severityNumber, eventName, body, attributes, spanContext } = record;
  const what = `${time} ${severityText} ${severityNumber} ${eventName} "${body}"`;
  return `${what} ${toPlace(spanContext)} ${JSON.stringify(attributes)}`;
}

function toPlace(span: SpanContext | undefined): string {
  return span ? `${span.traceId}/${span.spanId}` : '-';
}
