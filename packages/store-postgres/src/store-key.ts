import { createHash } from 'node:crypto';

/** Longer ones do not fit into an index of Postgres. */
const MAX_KEY_LENGTH = 500;

/** What a row is found by: the text itself, or its hash where Postgres would refuse it. */
export function toKey(text: string): string {
  if (text.length <= MAX_KEY_LENGTH && !text.includes('\0')) return text;
  return createHash('sha256').update(text).digest('hex');
}

/** A text as Postgres takes it, which knows every character but one. */
export function toText(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}
