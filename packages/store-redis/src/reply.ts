/** What a script answered, as a list. */
export function toList(reply: unknown): readonly unknown[] {
  return Array.isArray(reply) ? reply : [];
}

/** What a script answered, as texts; some clients give numbers or buffers. */
export function toTexts(reply: unknown): readonly string[] {
  return toList(reply).map(String);
}

/** Whether a script answered yes. */
export function toBoolean(reply: unknown): boolean {
  return Number(reply) === 1;
}
