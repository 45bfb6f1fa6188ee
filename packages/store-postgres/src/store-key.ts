import { createHash } from 'node:crypto';

/** Longer ones do not fit into an index of Postgres. */
const MAX_KEY_LENGTH = 500;
/** What Postgres does not give back as it was: the character 0, and half a character. */
const UNFIT = /[\0\p{Surrogate}]/u;

/** What a row is found by: the text itself, or its hash where Postgres would refuse it. */
export function toKey(text: string): string {
  if (text.length <= MAX_KEY_LENGTH && !UNFIT.test(text)) return text;
  // Its code units, as halves of characters are all the same in UTF-8.
  return createHash('sha256').update(text, 'utf16le').digest('hex');
}

/** A text as Postgres takes it, which knows every character but one. */
export function toText(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}
