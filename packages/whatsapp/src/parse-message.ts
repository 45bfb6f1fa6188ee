import { compact, type JsonObject, toArray, toObject, toText } from './json';
import { parseTimestamp } from './timestamp';
import type { InboundMessage, UpdateOrigin } from './types';

/**
 * Reads one element of `messages`, with the `contacts` that came beside it. Gives undefined when
 * there is no wamid: such a message can neither be told from a repetition nor be answered.
 */
export function parseMessage(
  input: unknown,
  contacts: unknown,
  origin: UpdateOrigin,
): InboundMessage | undefined {
  const raw = toObject(input);
  const id = toText(raw.id);
  if (id === undefined) return undefined;
  const contact = findContact(raw, toArray(contacts).map(toObject));
  return compact<InboundMessage>({
    kind: 'message',
    ...origin,
    id,
    type: toText(raw.type) ?? 'unknown',
    timestamp: parseTimestamp(raw.timestamp),
    from: toText(raw.from) ?? toText(contact.wa_id),
    userId: toText(raw.from_user_id) ?? toText(contact.user_id),
    parentUserId: toText(raw.from_parent_user_id) ?? toText(contact.parent_user_id),
    profileName: toText(toObject(contact.profile).name),
    contextId: toText(toObject(raw.context).id),
    groupId: toText(raw.group_id),
    raw,
  });
}

/**
 * Who a message is from, as one stable key: the business-scoped id where Meta gives one, because
 * phone numbers can be hidden since usernames exist; else the phone number. Undefined for the few
 * messages (of the system) that name neither.
 */
export function userIdOf(message: InboundMessage): string | undefined {
  return message.userId ?? message.from;
}

/** The contact of a message; with one contact, and nothing that speaks against it, that one. */
function findContact(message: JsonObject, contacts: readonly JsonObject[]): JsonObject {
  const isSender = (contact: JsonObject) =>
    isSame(contact.wa_id, message.from) || isSame(contact.user_id, message.from_user_id);
  const sole = contacts.length === 1 ? contacts[0] : undefined;
  return contacts.find(isSender) ?? sole ?? {};
}

function isSame(one: unknown, other: unknown): boolean {
  return toText(one) !== undefined && toText(one) === toText(other);
}
