import { createHash, timingSafeEqual } from 'node:crypto';
import { TurnspanError } from '@turnspan/core';

/** Says whether the value of an `Authorization` header is good enough. */
export type IsAuthorized = (authorization: string | undefined) => boolean;

const BEARER = /^Bearer +(.+)$/i;

/** Asks for a token if there is one, in a time that tells nothing about it. */
export function createBearerCheck(token: string | undefined): IsAuthorized {
  if (token === undefined) return () => true;
  if (token === '') throw new TurnspanError('OPTION_INVALID', { detail: EMPTY });
  const expected = toDigest(token);
  return (authorization = '') => {
    const given = BEARER.exec(authorization)?.[1];
    return given !== undefined && timingSafeEqual(toDigest(given), expected);
  };
}

const EMPTY =
  'Expected `token` to have at least one character, or to be left out; got an empty one.';

/** Of the same length for every token, which the comparison needs. */
function toDigest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
