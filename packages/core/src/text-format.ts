import { type Alphabet, createAlphabet } from './alphabet';

/*
 * Text in few bytes. Most of a position is numbers and punctuation, and some of the rest has been
 * said before, in the id of the wait. A text begins with twice its length, plus one if it has wide
 * characters. Then, by its first byte:
 *
 *     0 to 224    two common characters
 *     225 to 239  one common character
 *     240 to 251  1 to 12 characters follow, one byte each
 *     252         a part of the hint: where it begins there, and how long it is
 *     253         wide characters, two bytes each: how many, and they
 *     254         characters of base64url, four in three bytes: how many fours, and they
 *
 * Any text comes back as it was, also one that is no valid Unicode.
 */

/** What most of a position is made of. */
export const COMMON: Alphabet = createAlphabet('0123456789,"-[]');
/** What hashes and random ids are made of. */
export const BASE64: Alphabet = createAlphabet(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
);

/** From here on a byte is one common character. */
export const SINGLE: number = COMMON.codes.length ** 2;
/** From here on a byte announces characters of one byte each: this one says one. */
export const NARROW: number = SINGLE + COMMON.codes.length;
/** How many characters of one byte a byte can announce. */
export const MAX_NARROW = 12;
/** Announces a part of the hint. */
export const IN_HINT: number = NARROW + MAX_NARROW;
/** Announces wide characters. */
export const WIDE: number = IN_HINT + 1;
/** Announces fours of base64url. */
export const FOURS: number = WIDE + 1;
/** What a byte can count. */
export const MAX_COUNT = 255;
