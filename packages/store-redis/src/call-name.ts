import { randomBytes } from 'node:crypto';

const BYTES = 6;

/**
 * Names a call. A client whose connection breaks may send a call again that Redis has already
 * carried out: by its name it is known, and gets the same answer.
 */
export function createCallName(): string {
  return randomBytes(BYTES).toString('base64url');
}
