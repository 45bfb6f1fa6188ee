import {
  decodeMessage,
  toHex,
  toRecord,
  toValue,
  type WireAttribute,
  type WireValue,
} from './otlp-values';

/** A log record as it came over the wire. */
export interface OtlpLogRecord {
  readonly eventName: string;
  readonly unixNanos: bigint;
  readonly observedUnixNanos: bigint;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body: unknown;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Empty outside of every trace. */
  readonly traceId: string;
  readonly spanId: string;
  /** Name of the library that made it. */
  readonly scope: string;
  /** `service.name` of the process that made it. */
  readonly service: unknown;
}

/** Decodes the body of one OTLP export of logs. */
export function decodeLogs(body: Uint8Array): OtlpLogRecord[] {
  const request = decodeMessage('ExportLogsServiceRequest', body) as WireRequest;
  return request.resourceLogs.flatMap(({ resource, scopeLogs }) =>
    scopeLogs.flatMap(({ scope, logRecords }) =>
      logRecords.map((record) => ({
        ...toLogRecord(record),
        scope: scope?.name ?? '',
        service: toRecord(resource?.attributes ?? [])['service.name'],
      })),
    ),
  );
}

interface WireLogRecord {
  readonly timeUnixNano: string;
  readonly observedTimeUnixNano: string;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body: WireValue | null;
  readonly attributes: readonly WireAttribute[];
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
  readonly eventName: string;
}

interface WireRequest {
  readonly resourceLogs: readonly {
    readonly resource: { readonly attributes: readonly WireAttribute[] } | null;
    readonly scopeLogs: readonly {
      readonly scope: { readonly name: string } | null;
      readonly logRecords: readonly WireLogRecord[];
    }[];
  }[];
}

function toLogRecord(record: WireLogRecord): Omit<OtlpLogRecord, 'scope' | 'service'> {
  const { eventName, severityNumber, severityText, body } = record;
  return {
    eventName,
    severityNumber,
    severityText,
    unixNanos: BigInt(record.timeUnixNano),
    observedUnixNanos: BigInt(record.observedTimeUnixNano),
    body: body && toValue(body),
    attributes: toRecord(record.attributes),
    traceId: toHex(record.traceId),
    spanId: toHex(record.spanId),
  };
}
