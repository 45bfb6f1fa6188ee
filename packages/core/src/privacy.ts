import { createHash, type Hash } from 'node:crypto';

/** Turns what identifies a person into a keyed hash; equal parts give equal hashes. */
export type Pseudonymize = (...parts: readonly string[]) => string;

/** Length of a hash in base64url characters: 96 bits, so that even 10⁹ users do not collide. */
const HASH_LENGTH = 16;

/** Of SHA-256. */
const BLOCK_BYTES = 64;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

/**
 * Creates the hash of an installation: HMAC-SHA256 under its key, 16 base64url characters.
 * Without the key a hash cannot be tried against a list of phone numbers.
 */
export function createPseudonymizer(key: string | Uint8Array): Pseudonymize {
  const inner = beginHash(key, INNER_PAD);
  const outer = beginHash(key, OUTER_PAD);
  return (...parts) => {
    const digest = inner.copy().update(parts.join('\0')).digest();
    return outer.copy().update(digest).digest('base64url').slice(0, HASH_LENGTH);
  };
}

/**
 * A hash that has taken in the padded key, to be copied for each message: the two halves of HMAC
 * (RFC 2104, section 2) without setting the key up again, which some versions of OpenSSL do slowly.
 */
function beginHash(key: string | Uint8Array, pad: number): Hash {
  const bytes = Buffer.from(key);
  const short = bytes.length > BLOCK_BYTES ? createHash('sha256').update(bytes).digest() : bytes;
  const block = Buffer.alloc(BLOCK_BYTES);
  short.copy(block);
  return createHash('sha256').update(block.map((byte) => byte ^ pad));
}

const PHONE_NUMBER = /\+\s?\d[\d\s().-]{5,}/;

/**
 * The name of a business endpoint as it may appear in a label: itself, or a hash of it where it
 * is written as a phone number (`whatsapp:+14155550100`).
 */
export function toPublicLine(line: string, pseudonymize: Pseudonymize): string {
  return PHONE_NUMBER.test(line) ? `line-${pseudonymize('line', line).slice(0, 8)}` : line;
}
