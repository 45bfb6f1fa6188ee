import { randomBytes } from 'node:crypto';

/** 72 bits: 12 characters of base64url. */
const ID_BYTES = 9;
/** Random bytes are fetched for so many ids at once: each fetch costs many times what an id does. */
const IDS_AT_ONCE = 256;

/** Makes ids of 72 random bits that never repeat. */
export function createRandomIds(): () => string {
  let bytes = Buffer.alloc(0);
  let next = 0;
  return () => {
    if (next === bytes.length) {
      bytes = randomBytes(ID_BYTES * IDS_AT_ONCE);
      next = 0;
    }
    next += ID_BYTES;
    return bytes.toString('base64url', next - ID_BYTES, next);
  };
}
