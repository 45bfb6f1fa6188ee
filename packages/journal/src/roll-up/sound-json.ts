/** What JSON can say, and a database may not be able to keep: a NUL, and half of a pair. */
const UNSOUND = /\\u(?:0000|d[89a-f])/;

/** Writes rows as JSON with texts as the columns of both databases keep them. */
export function toSoundJson(rows: readonly object[]): string {
  const json = JSON.stringify(rows);
  return UNSOUND.test(json) ? JSON.stringify(rows, (_, value) => toSound(value)) : json;
}

function toSound(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return Buffer.from(value.replaceAll('\0', '')).toString();
}
