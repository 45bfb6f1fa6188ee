import { createHash } from 'node:crypto';

/**
 * Makes the id of a message that the business sends. As in real ids the recipient can be read out
 * of it, so an id that leaks is a phone number that leaks.
 */
export function outgoingWamid(recipient: string, serial: number): string {
  const unique = serial.toString(16).toUpperCase().padStart(18, '0');
  return wamid(recipient, Buffer.from([0x15, 2, 0, 0x11, 0x18, unique.length]), unique);
}

/** Makes the id of a message that a customer sends: the same for the same seed. */
export function incomingWamid(sender: string, seed: string): string {
  const unique = `3A${createHash('sha1').update(seed).digest('hex').slice(0, 18).toUpperCase()}`;
  return wamid(sender, Buffer.from([0x15, 2, 0, 0x12, 0x18, unique.length]), unique);
}

function wamid(customer: string, middle: Buffer, unique: string): string {
  const head = Buffer.from([0x1c, 0x18, customer.length]);
  const bytes = [head, Buffer.from(customer), middle, Buffer.from(unique), Buffer.from([0])];
  return `wamid.${Buffer.concat(bytes).toString('base64')}`;
}
