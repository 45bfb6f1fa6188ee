import { type Inbox, TurnspanError } from '@turnspan/core';

/** Where messages are kept from before WhatsApp is answered until their turn is done. */
export interface InboxOptions {
  /** The `inbox` of a store that outlives this process. All processes of a bot share it, and no other bot does. */
  readonly store: Inbox;
  /**
   * The install key. Messages are encrypted and their ids are hashed under keys made of it, so all
   * processes have to have the same.
   */
  readonly key: string | Uint8Array;
  /**
   * How many milliseconds the store may take; after that the message goes on without it. Has to be
   * below `ackAfterMs`.
   * @default 500
   */
  readonly timeoutMs?: number;
  /**
   * After how many milliseconds without a sign of life other processes take over what this one has.
   * It gives one three times as often.
   * @default 30_000
   */
  readonly leaseMs?: number;
}

/** The options of an inbox with their defaults, checked. */
export type InboxSettings = Required<InboxOptions>;

const CALLS = ['put', 'renew', 'done', 'takeOver'] as const;
const ACK_AFTER_MS = 3000;

/**
 * Fills in what is left out of the options of an inbox.
 *
 * @throws TurnspanError `OPTION_INVALID`
 */
export function toInboxSettings(
  options: InboxOptions,
  ackAfterMs: number = ACK_AFTER_MS,
): InboxSettings {
  const { store, key, timeoutMs = 500, leaseMs = 30_000 } = options;
  const isKey = (typeof key === 'string' || key instanceof Uint8Array) && key.length > 0;
  if (!CALLS.every((call) => typeof store?.[call] === 'function')) {
    throw refuse('`inbox.store` must be the inbox of a store, such as `store.inbox`.');
  }
  if (!isKey) throw refuse('`inbox.key` must be the install key: a text or bytes, not empty.');
  if (!(timeoutMs > 0)) throw refuse('`inbox.timeoutMs` must be a number above 0.');
  if (!(leaseMs > timeoutMs)) throw refuse('`inbox.leaseMs` must be above `inbox.timeoutMs`.');
  if (!(ackAfterMs > timeoutMs)) {
    throw refuse('`ackAfterMs` must be above `inbox.timeoutMs`: messages are kept before the 200.');
  }
  return { store, key, timeoutMs, leaseMs };
}

function refuse(detail: string): TurnspanError {
  return new TurnspanError('OPTION_INVALID', { detail });
}
