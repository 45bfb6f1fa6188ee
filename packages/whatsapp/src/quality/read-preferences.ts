import { toArray, toObject, toText } from '../json';
import { parseTimestamp } from '../timestamp';
import type { FieldReader, Preference, ReadingContext } from './field-reading';
import { parseId, parseName, parseWord } from './words';

const DECISIONS: ReadonlySet<string> = new Set(['stop', 'resume', 'signup']);

/** Reads `user_preferences`: who wants no marketing any more, or wants it again. */
export const readPreferences: FieldReader = (value, context) => {
  const line = parseId(toObject(value.metadata).phone_number_id);
  if (line === undefined) return;
  const userIdOf = toUserIds(value.contacts);
  const preferences = toArray(value.user_preferences).flatMap((input) => {
    const decided = toPreference(toObject(input), context, line);
    return decided ? [{ ...decided, userId: userIdOf(decided.userId) }] : [];
  });
  if (preferences.length === 0) return;
  return { preferences, isKnown: preferences.every(({ value: word }) => DECISIONS.has(word)) };
};

function toPreference(
  input: Readonly<Record<string, unknown>>,
  { at }: ReadingContext,
  line: string,
): Preference | undefined {
  const userId = parseName(input.user_id) ?? parseName(toText(input.wa_id));
  const value = parseWord(input.value);
  if (userId === undefined || value === undefined) return;
  return { line, userId, value, at: parseTimestamp(input.timestamp) ?? at };
}

/** Gives the business-scoped id of a phone number, if a contact tells it, as messages do. */
function toUserIds(contacts: unknown): (userId: string) => string {
  const ids = new Map<string | undefined, string>();
  for (const contact of toArray(contacts).map(toObject)) {
    const userId = parseName(contact.user_id);
    if (userId !== undefined) ids.set(toText(contact.wa_id), userId);
  }
  return (userId) => ids.get(userId) ?? userId;
}
