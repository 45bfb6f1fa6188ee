import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { decodeLogs, type OtlpLogRecord } from './otlp-logs';
import { decodeTraces, type OtlpSpan } from './otlp-traces';

export type { OtlpLogRecord, OtlpSpan };

/** Takes OTLP/HTTP with protobuf bodies, as an OpenTelemetry collector does. */
export interface OtlpReceiver {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly endpoint: string;
  readonly spans: () => readonly OtlpSpan[];
  readonly records: () => readonly OtlpLogRecord[];
  readonly close: () => Promise<void>;
}

/** Listens on a free port of this machine. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const received: Received = { spans: [], records: [] };
  const server = createServer((request, response) => {
    receive(request, received).then(
      () => response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end(),
      (error) => response.writeHead(400).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    spans: () => received.spans,
    records: () => received.records,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Received {
  readonly spans: OtlpSpan[];
  readonly records: OtlpLogRecord[];
}

async function receive(request: IncomingMessage, { spans, records }: Received): Promise<void> {
  const body = await readBody(request);
  if (request.url === '/v1/traces') spans.push(...decodeTraces(body));
  if (request.url === '/v1/logs') records.push(...decodeLogs(body));
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const body = await buffer(request);
  if (request.headers['content-type'] !== 'application/x-protobuf') {
    throw new Error(`Expected protobuf, got ${request.headers['content-type']}.`);
  }
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}
