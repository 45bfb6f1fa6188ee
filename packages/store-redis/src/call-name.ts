import { createHash, randomBytes } from 'node:crypto';

const BYTES = 6;
/** Tells apart the few messages that may claim the same wait. */
const MESSAGE_BYTES = 9;

/**
 * Names a call. A client whose connection breaks may send a call again that Redis has already
 * carried out: by its name it is known, and gets the same answer.
 */
export function createCallName(): string {
  return randomBytes(BYTES).toString('base64url');
}

/** Names a message in a claim: short, whatever it is called. */
export function toMessageName(message: string): string {
  const hash = createHash('sha256').update(message).digest();
  return hash.subarray(0, MESSAGE_BYTES).toString('base64url');
}
