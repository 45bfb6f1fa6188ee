/** A whole number of 16 digits or more where a value may stand; in a text there may be one as well. */
const LONG_NUMBER = /[:,[]\s*-?\d{16}/;
const TEXT_OR_LONG_NUMBER = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/**
 * Reads JSON as `JSON.parse` does, except that a whole number beyond 2^53 becomes a string. Meta
 * sends the ids of templates as numbers, and read as numbers those would lose their last digits.
 */
export function parseJson(text: string): unknown {
  // Comes first, because only in sound JSON does each quotation mark begin or end a text.
  const value: unknown = JSON.parse(text);
  if (!LONG_NUMBER.test(text)) return value;
  const quoted = text.replace(TEXT_OR_LONG_NUMBER, quoteUnsafe);
  return quoted === text ? value : JSON.parse(quoted);
}

function quoteUnsafe(token: string): string {
  return token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"${token}"`;
}
