import type { Timestamp } from '@turnspan/core';
import type { WebhookBody } from './types';

/** A webhook that waits for its time. */
export interface QueuedWebhook {
  readonly arrivesAt: Timestamp;
  readonly body: WebhookBody;
}

/** Webhooks in the order of their arrival; those of the same moment in the order of adding. */
export class StatusQueue {
  readonly #waiting: QueuedWebhook[] = [];

  /** Sorts a webhook in. */
  add(queued: QueuedWebhook): void {
    const later = this.#waiting.findLastIndex(({ arrivesAt }) => arrivesAt <= queued.arrivesAt);
    this.#waiting.splice(later + 1, 0, queued);
  }

  /** Takes out what arrives up to and including this moment. */
  takeDue(until: Timestamp): QueuedWebhook[] {
    const firstLater = this.#waiting.findIndex(({ arrivesAt }) => arrivesAt > until);
    return this.#waiting.splice(0, firstLater < 0 ? this.#waiting.length : firstLater);
  }

  /** Puts back at the front what was taken out and could not be delivered. */
  putBack(queued: readonly QueuedWebhook[]): void {
    this.#waiting.unshift(...queued);
  }

  /** When the next one arrives. */
  nextAt(): Timestamp | undefined {
    return this.#waiting[0]?.arrivesAt;
  }
}
