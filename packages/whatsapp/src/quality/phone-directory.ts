import { parseId, toDigits } from './words';

/** A number of the business, by what webhooks call it and by its id. */
export interface KnownPhone {
  /** The digits of the number as it is displayed. */
  readonly digits: string;
  /** Its `phone_number_id`. */
  readonly id: string;
}

/**
 * Knows which `phone_number_id` a displayed number has. Webhooks about a number's quality carry no
 * id, so it is learned from what does: the polled list of numbers, and the metadata of messages.
 */
export class PhoneDirectory {
  readonly #ids = new Map<string, string>();
  readonly #listeners = new Set<(phone: KnownPhone) => void>();

  /** Remembers the id of a number; what is no number or no id is ignored. */
  learn(displayPhoneNumber: unknown, phoneNumberId: unknown): void {
    const digits = toDigits(displayPhoneNumber);
    const id = parseId(phoneNumberId);
    if (digits === undefined || id === undefined || this.#ids.get(digits) === id) return;
    this.#ids.set(digits, id);
    for (const listener of this.#listeners) listener({ digits, id });
  }

  /** The id of a number, in whatever way it is written. */
  idOf(displayPhoneNumber: unknown): string | undefined {
    return this.#ids.get(toDigits(displayPhoneNumber) ?? '');
  }

  /** Calls the listener for every number, known or new, until the returned function is called. */
  subscribe(listener: (phone: KnownPhone) => void): () => void {
    for (const [digits, id] of this.#ids) listener({ digits, id });
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
