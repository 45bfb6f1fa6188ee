import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { parse } from 'protobufjs';
import { OTLP_TRACE_PROTO } from './otlp-proto';

/** A span as it came over the wire. */
export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for a root span. */
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: string;
  readonly startUnixNanos: bigint;
  readonly endUnixNanos: bigint;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status: string;
  /** Name of the library that made it. */
  readonly scope: string;
  /** `service.name` of the process that made it. */
  readonly service: unknown;
}

/** Takes OTLP/HTTP with protobuf bodies, as an OpenTelemetry collector does. */
export interface OtlpReceiver {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly endpoint: string;
  readonly spans: () => readonly OtlpSpan[];
  readonly close: () => Promise<void>;
}

/** Listens on a free port of this machine. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: OtlpSpan[] = [];
  const server = createServer((request, response) => {
    receive(request, spans).then(
      () => response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end(),
      (error) => response.writeHead(400).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    spans: () => spans,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function receive(request: IncomingMessage, spans: OtlpSpan[]): Promise<void> {
  const body = await readBody(request);
  if (request.url === '/v1/traces') spans.push(...decodeTraces(body));
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const body = await buffer(request);
  if (request.headers['content-type'] !== 'application/x-protobuf') {
    throw new Error(`Expected protobuf, got ${request.headers['content-type']}.`);
  }
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}

/** Decodes the body of one OTLP export of traces. */
export function decodeTraces(body: Uint8Array): OtlpSpan[] {
  const decoded = REQUEST.decode(body);
  const request = REQUEST.toObject(decoded, {
    defaults: true,
    longs: String,
    enums: String,
  }) as WireRequest;
  return request.resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) => ({
        ...toSpan(span),
        scope: scope?.name ?? '',
        service: toRecord(resource?.attributes ?? [])['service.name'],
      })),
    ),
  );
}

const REQUEST = parse(OTLP_TRACE_PROTO).root.lookupType('otlp.ExportTraceServiceRequest');

interface WireSpan {
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
  readonly parentSpanId: Uint8Array;
  readonly name: string;
  readonly kind: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly WireAttribute[];
  readonly links: readonly { readonly traceId: Uint8Array; readonly spanId: Uint8Array }[];
  readonly status: { readonly code: string } | null;
}

interface WireAttribute {
  readonly key: string;
  readonly value: WireValue | null;
}

interface WireValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: string;
  readonly doubleValue?: number;
}

interface WireRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly WireAttribute[] } | null;
    readonly scopeSpans: readonly {
      readonly scope: { readonly name: string } | null;
      readonly spans: readonly WireSpan[];
    }[];
  }[];
}

function toSpan(span: WireSpan): Omit<OtlpSpan, 'scope' | 'service'> {
  return {
    traceId: toHex(span.traceId),
    spanId: toHex(span.spanId),
    parentSpanId: toHex(span.parentSpanId),
    name: span.name,
    kind: span.kind.replace('SPAN_KIND_', ''),
    startUnixNanos: BigInt(span.startTimeUnixNano),
    endUnixNanos: BigInt(span.endTimeUnixNano),
    attributes: toRecord(span.attributes),
    links: span.links.map((link) => ({ traceId: toHex(link.traceId), spanId: toHex(link.spanId) })),
    status: (span.status?.code ?? 'STATUS_CODE_UNSET').replace('STATUS_CODE_', ''),
  };
}

function toRecord(attributes: readonly WireAttribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value && toValue(value)]));
}

/** Lists and maps are left out: Turnspan's attributes are scalars. */
function toValue({ stringValue, boolValue, intValue, doubleValue }: WireValue): unknown {
  return stringValue ?? boolValue ?? doubleValue ?? (intValue && Number(intValue));
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
