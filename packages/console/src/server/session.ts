import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Knows the token and what was signed with it. */
export interface Sessions {
  /** Whether this is the token, in a time that tells nothing about it. */
  isToken(given: string): boolean;
  /** What a browser keeps instead of the token. */
  sign(expiresAt: number): string;
  /** Whether it was signed here and has not expired. */
  isSigned(value: string): boolean;
}

const PURPOSE = 'turnspan console session';
const SIGNED = /^(\d{1,16})\.([\w-]{43})$/;

/** Signs sessions with a key that is made of the token: another token ends them all. */
export function createSessions(token: string, now: () => number): Sessions {
  const expected = toDigest(token);
  const key = Buffer.from(hkdfSync('sha256', token, '', PURPOSE, 32));
  const toSignature = (expiresAt: string) =>
    createHmac('sha256', key).update(expiresAt).digest('base64url');
  return {
    isToken: (given) => timingSafeEqual(toDigest(given), expected),
    sign: (expiresAt) => `${expiresAt}.${toSignature(String(expiresAt))}`,
    isSigned: (value) => {
      const [, expiresAt = '', signature = ''] = SIGNED.exec(value) ?? [];
      const isOurs = timingSafeEqual(toDigest(signature), toDigest(toSignature(expiresAt)));
      return isOurs && Number(expiresAt) > now();
    },
  };
}

/** Of the same length for everything, which the comparison needs. */
function toDigest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
