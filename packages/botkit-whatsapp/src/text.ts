/** The limits of WhatsApp on texts, in characters, from the pages of its message types. */
export const LIMITS = {
  text: 4096,
  caption: 1024,
  /** The text above buttons or a list. */
  interactiveBody: 1024,
  buttonTitle: 20,
  buttonId: 256,
  rowTitle: 24,
  rowDescription: 72,
  rowId: 200,
  buttons: 3,
  rows: 10,
} as const;

/** Cuts a text to a length, with an ellipsis for what is missing. */
export function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${cut(text, limit - 1).trimEnd()}…`;
}

/**
 * Splits a text into parts of at most `limit`, the last one of at most `lastLimit`, where possible
 * between paragraphs, lines or words. Nothing but white space at the seams is lost.
 */
export function splitText(text: string, limit: number, lastLimit: number = limit): string[] {
  const parts: string[] = [];
  // Without the white space at the end, the last part is never empty.
  let rest = text.length > lastLimit ? text.trimEnd() : text;
  while (rest.length > lastLimit) {
    const part = cut(rest, seam(rest, rest.length > limit ? limit : lastLimit));
    parts.push(part.trimEnd());
    rest = rest.slice(part.length).trimStart();
  }
  return [...parts, rest].filter((part) => part !== '');
}

/** Where to split: behind the last paragraph, line or word in the second half of what fits. */
function seam(text: string, limit: number): number {
  const window = text.slice(0, limit + 1);
  const ends = ['\n\n', '\n', ' '].map((separator) => window.lastIndexOf(separator));
  return ends.find((end) => end > limit / 2) ?? limit;
}

/** Takes the first characters, never half of a character that JavaScript counts as two. */
function cut(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  const isTorn = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isTorn ? length - 1 : length);
}
