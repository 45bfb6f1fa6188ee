import { decodeMessage, toHex, toRecord, type WireAttribute } from './otlp-values';

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

/** Decodes the body of one OTLP export of traces. */
export function decodeTraces(body: Uint8Array): OtlpSpan[] {
  const request = decodeMessage('ExportTraceServiceRequest', body) as WireRequest;
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
