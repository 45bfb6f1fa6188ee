import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const VERSION = 1;
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/** Makes what a store may see of a message, and reads it again. */
export interface Envelope {
  /** Names something by a keyed hash; without the key it cannot be tried against a list of phone numbers. */
  name(...parts: readonly string[]): string;
  /** Encrypts a text for the entry of this id; nothing else opens it. */
  seal(id: string, text: string): string;
  /**
   * Decrypts what was sealed for this id.
   *
   * @throws Error when it was sealed under another key, for another id, or not at all
   */
  open(id: string, payload: string): string;
}

/** Makes the envelope of an installation, with a key of its own for each purpose. */
export function createEnvelope(installKey: string | Uint8Array): Envelope {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', installKey, '', purpose, 32));
  const nameKey = derive('turnspan whatsapp inbox: names');
  const payloadKey = derive('turnspan whatsapp inbox: payloads');
  return {
    name: (...parts) =>
      createHmac('sha256', nameKey).update(JSON.stringify(parts)).digest('base64url'),
    seal: (id, text) => seal(payloadKey, id, text),
    open: (id, payload) => open(payloadKey, id, payload),
  };
}

/** One byte of version, the nonce, the tag, the text. */
function seal(key: Buffer, id: string, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(id));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

function open(key: Buffer, id: string, payload: string): string {
  const bytes = Buffer.from(payload, 'base64');
  if (bytes[0] !== VERSION || bytes.length < HEAD_BYTES) throw new Error('Not of this version.');
  const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(id))
    .setAuthTag(bytes.subarray(1 + NONCE_BYTES, HEAD_BYTES));
  const text = Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES)), decipher.final()]);
  return text.toString('utf8');
}
