import { OTHER_FIELD, toFieldLabel } from './fields';
import { compact, isJsonObject, type JsonObject, toArray, toObject, toText } from './json';
import { parseMessage } from './parse-message';
import { parseStatus } from './parse-status';
import { parseTimestamp } from './timestamp';
import type { FieldChange, UnreadUpdate, Update, UpdateOrigin } from './types';

/**
 * Reads the body of a webhook into its updates, in their order. Takes anything and never throws:
 * what is not understood becomes an `unread` update instead.
 */
export function parseUpdates(body: unknown): readonly Update[] {
  const entries = toObject(body).entry;
  if (!Array.isArray(entries)) return [unread('invalid', OTHER_FIELD)];
  return entries.flatMap(parseEntry);
}

function parseEntry(entry: unknown): readonly Update[] {
  const { changes } = toObject(entry);
  if (!Array.isArray(changes)) return [unread('invalid', OTHER_FIELD)];
  return changes.flatMap((change) => parseChange(toObject(entry), change));
}

function parseChange(entry: JsonObject, input: unknown): readonly Update[] {
  if (!isJsonObject(input)) return [unread('invalid', OTHER_FIELD)];
  const field = toFieldLabel(input.field);
  if (field !== input.field) return [unread('unknown', field)];
  if (!isJsonObject(input.value)) return [unread('invalid', field)];
  if (field === 'messages') return parseMessagesField(entry, input.value);
  return [toChange(entry, field, input.value)];
}

/** The `messages` field carries messages, statuses, or errors that belong to neither. */
function parseMessagesField(entry: JsonObject, value: JsonObject): readonly Update[] {
  const { messages, statuses, errors } = value;
  if (messages === undefined && statuses === undefined) {
    return [errors ? toChange(entry, 'messages', value) : unread('unknown', 'messages')];
  }
  const origin = toOrigin(entry, value);
  if (origin === undefined) return [unread('invalid', 'messages')];
  return [
    ...listOf(messages, (message) => parseMessage(message, value.contacts, origin)),
    ...listOf(statuses, (status) => parseStatus(status, origin)),
  ];
}

function listOf(
  input: unknown,
  parse: (element: unknown) => Update | undefined,
): readonly Update[] {
  if (input !== undefined && !Array.isArray(input)) return [unread('invalid', 'messages')];
  return toArray(input).map((element) => parse(element) ?? unread('invalid', 'messages'));
}

function toOrigin(entry: JsonObject, value: JsonObject): UpdateOrigin | undefined {
  const metadata = toObject(value.metadata);
  const phoneNumberId = toText(metadata.phone_number_id);
  if (phoneNumberId === undefined) return undefined;
  return compact<UpdateOrigin>({
    accountId: toText(entry.id),
    phoneNumberId,
    displayPhoneNumber: toText(metadata.display_phone_number),
  });
}

function toChange(entry: JsonObject, field: string, value: JsonObject): FieldChange {
  return compact<FieldChange>({
    kind: 'change',
    field,
    accountId: toText(entry.id),
    timestamp: parseTimestamp(entry.time),
    value,
  });
}

function unread(reason: UnreadUpdate['reason'], field: string): UnreadUpdate {
  return { kind: 'unread', reason, field };
}
