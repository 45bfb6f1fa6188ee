import { parse } from 'protobufjs';
import { OTLP_PROTO } from './otlp-proto';

const { root } = parse(OTLP_PROTO);

/** Decodes a message of OTLP by the name of its type. */
export function decodeMessage(type: string, body: Uint8Array): unknown {
  const Message = root.lookupType(`otlp.${type}`);
  return Message.toObject(Message.decode(body), { defaults: true, longs: String, enums: String });
}

export interface WireAttribute {
  readonly key: string;
  readonly value: WireValue | null;
}

export interface WireValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: string;
  readonly doubleValue?: number;
}

export function toRecord(attributes: readonly WireAttribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value && toValue(value)]));
}

/** Lists and maps are left out: Turnspan's attributes are scalars. */
export function toValue({ stringValue, boolValue, intValue, doubleValue }: WireValue): unknown {
  return stringValue ?? boolValue ?? doubleValue ?? (intValue && Number(intValue));
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
