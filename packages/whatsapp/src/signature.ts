import { createHmac, timingSafeEqual } from 'node:crypto';

const SIGNATURE = /^sha256=([0-9a-f]{64})$/i;

/**
 * Answers whether `X-Hub-Signature-256` is the HMAC-SHA256 of these very bytes under one of the
 * app secrets, in constant time. The bytes must be the raw ones: JSON written anew does not match.
 */
export function isSignedBy(secrets: readonly string[], header: string, body: Uint8Array): boolean {
  const claimed = SIGNATURE.exec(header)?.[1];
  if (claimed === undefined) return false;
  const signature = Buffer.from(claimed, 'hex');
  const matches = secrets.map((secret) =>
    timingSafeEqual(createHmac('sha256', secret).update(body).digest(), signature),
  );
  return matches.includes(true);
}

/** Compares two texts in a time that tells nothing about where they differ. */
export function isSameText(one: string, other: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
