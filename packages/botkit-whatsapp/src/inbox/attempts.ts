import type { OnError } from '@turnspan/core';
import type { Envelope } from './envelope';
import type { Held, Holdings } from './holdings';
import type { StoreCalls } from './store-calls';

/** How often a message is tried at most; whoever received it was the first. */
const MAX_ATTEMPTS = 5;
/** From this attempt on it is alone, so that it takes no other message with it. */
const ALONE_FROM = 3;

/** What {@link Attempts} takes. */
export interface AttemptsOptions {
  readonly calls: StoreCalls;
  readonly envelope: Envelope;
  readonly holdings: Holdings;
  readonly onError: OnError;
}

/**
 * Counts how often messages are tried that were taken over, in the store: an attempt is an entry
 * of its own that is done at once, because that its id is known is all it has to say. A message
 * that ends its process ends the turns beside it as well. So later attempts are made one after
 * another, and only the culprit uses its own up.
 */
export class Attempts {
  readonly #options: AttemptsOptions;
  readonly #ends = new Map<Held, () => void>();
  #last: Promise<void> = Promise.resolve();

  constructor(options: AttemptsOptions) {
    this.#options = options;
  }

  /** Whether the turn of a message that was taken over may begin. A later attempt waits until it is alone. */
  async begin(held: Held): Promise<boolean> {
    const { holdings, onError } = this.#options;
    for (let attempt = 2; attempt <= MAX_ATTEMPTS; attempt += 1) {
      if (attempt === ALONE_FROM) await this.#waitUntilAlone(held);
      if (held.isLost) return false;
      if (await this.#isFirst(held.id, attempt)) return holdings.begin(held);
    }
    onError(
      new Error(`A message was given up: ${MAX_ATTEMPTS} processes ended while they had it.`),
    );
    return false;
  }

  /** Notes that a turn has ended, or did not begin. */
  end(held: Held): void {
    this.#ends.get(held)?.();
    this.#ends.delete(held);
  }

  async #waitUntilAlone(held: Held): Promise<void> {
    const before = this.#last;
    this.#last = new Promise((resolve) => this.#ends.set(held, resolve));
    await before;
  }

  /** Where the store fails, nothing is counted. */
  async #isFirst(messageId: string, attempt: number): Promise<boolean> {
    const { calls, envelope, holdings } = this.#options;
    const id = envelope.name('attempt', messageId, String(attempt));
    const mark = holdings.hold(id);
    mark.isAsked = true;
    const isNew = await calls.put({ id, sender: id, payload: envelope.seal(id, '{}') });
    holdings.release(mark);
    return isNew !== false;
  }
}
