import { createHash } from 'node:crypto';
import { isJsonObject } from './json';
import type { FieldChange, InboundMessage, StatusUpdate } from './types';

/** What tells a repetition of an update from a new one. */
export function toDedupKey(update: InboundMessage | StatusUpdate | FieldChange): string {
  switch (update.kind) {
    case 'message':
      return `message:${update.id}`;
    case 'status':
      return `status:${update.id}:${update.status}:${update.participant ?? ''}`;
    case 'change':
      return `change:${fingerprintOf(update)}`;
  }
}

/** Stands for a change: these updates carry no id, so their content has to be one. */
export function fingerprintOf({ accountId, timestamp, field, value }: FieldChange): string {
  const content = JSON.stringify([accountId, timestamp, field, value], sortKeys);
  return createHash('sha256').update(content).digest('base64url');
}

/** Meta does not keep the order of keys. */
function sortKeys(_key: string, value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
