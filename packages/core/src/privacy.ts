import { createHmac } from 'node:crypto';

/** Turns what identifies a person into a keyed hash; equal parts give equal hashes. */
export type Pseudonymize = (...parts: readonly string[]) => string;

/** Length of a hash in base64url characters: 96 bits, so that even 10⁹ users do not collide. */
const HASH_LENGTH = 16;

/**
 * Creates the hash of an installation: HMAC-SHA256 under its key, 16 base64url characters.
 * Without the key a hash cannot be tried against a list of phone numbers.
 */
export function createPseudonymizer(key: string | Uint8Array): Pseudonymize {
  return (...parts) =>
    createHmac('sha256', key).update(parts.join('\0')).digest('base64url').slice(0, HASH_LENGTH);
}

const PHONE_NUMBER = /\+\s?\d[\d\s().-]{5,}/;

/**
 * The name of a business endpoint as it may appear in a label: itself, or a hash of it where it
 * is written as a phone number (`whatsapp:+14155550100`).
 */
export function toPublicLine(line: string, pseudonymize: Pseudonymize): string {
  return PHONE_NUMBER.test(line) ? `line-${pseudonymize('line', line).slice(0, 8)}` : line;
}
