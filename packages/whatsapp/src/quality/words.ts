import type { Timestamp } from '@turnspan/core';
import { toText } from '../json';
import { parseTimestamp } from '../timestamp';

/** Reads one of Meta's words (`GREEN`, `FIRST_PAUSE`): an open list, but never a text or a number. */
export function parseWord(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Za-z][\w.-]{0,63}$/.test(value) ? value : undefined;
}

/** Reads the reason of something; `NONE` is none. */
export function parseReason(value: unknown): string | undefined {
  const word = parseWord(value);
  return word === 'NONE' ? undefined : word;
}

/**
 * Reads an id of the Graph API, which comes as a string or as a number. A number beyond 2^53 keeps
 * its digits only where the webhook handler read the body (see `parseJson`).
 */
export function parseId(value: unknown): string | undefined {
  const text = toText(value);
  return text !== undefined && /^\d{1,32}$/.test(text) ? text : undefined;
}

/** Reads a name that people gave. */
export function parseName(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 512 ? value : undefined;
}

/** Reads a language; webhooks write `en-US` and the API `en_US`, so it becomes the latter. */
export function parseLanguage(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^[A-Za-z]{2,3}([-_][A-Za-z\d]{2,8})*$/.test(value)) return;
  const [language = '', ...rest] = value.split(/[-_]/);
  const regions = rest.map((part) => (part.length === 2 ? part.toUpperCase() : part));
  return [language.toLowerCase(), ...regions].join('_');
}

/** Gives the digits of a phone number as it is displayed: `+1 631-555-5555` is `16315555555`. */
export function toDigits(displayPhoneNumber: unknown): string | undefined {
  const text = toText(displayPhoneNumber);
  if (text === undefined || !/^\+?[\d\s().-]{1,40}$/.test(text)) return;
  const digits = text.replace(/\D/g, '');
  return digits.length > 0 && digits.length <= 15 ? digits : undefined;
}

/**
 * Reads a moment in any of the forms that Meta uses for the same member: unix seconds as a number
 * or as a string, `2026-04-19T13:59:20+0000`, or a bare day (`April 17, 2025`), which is UTC.
 */
export function parseMoment(value: unknown): Timestamp | undefined {
  const moment = parseTimestamp(value);
  if (moment !== undefined || typeof value !== 'string' || value.length > 40) return moment;
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/.test(value)) return toTimestamp(value);
  return /^[A-Z][a-z]+ \d{1,2}, \d{4}$/.test(value) ? toTimestamp(`${value} UTC`) : undefined;
}

function toTimestamp(text: string): Timestamp | undefined {
  const moment = Date.parse(text);
  return moment > 0 ? moment : undefined;
}
