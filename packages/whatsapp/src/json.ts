/** A JSON object whose members are not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Answers whether a value is a JSON object: neither null nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Gives the value if it is a JSON object, else an empty one, so that reading on never fails. */
export function toObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** Gives the value if it is an array, else an empty one. */
export function toArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Gives a non-empty string, or a number as its digits: Meta sends ids as either. */
export function toText(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Leaves out the members that are undefined, so that absent stays absent. */
export function compact<T extends object>(
  members: {
    readonly [K in keyof T]: T[K] | undefined;
  },
): T {
  const present: Partial<T> = {};
  for (const key in members) {
    if (members[key] !== undefined) present[key] = members[key];
  }
  return present as T;
}
