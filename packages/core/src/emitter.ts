import type { OnError } from './contain';
import type { Observer, TrackerEvent } from './events';

/** Hands events to observers; none of them can stop another, the tracker or the bot. */
export class Emitter {
  readonly #observers: readonly Observer[];
  readonly #onError: OnError;
  readonly #now: () => number;

  constructor(options: {
    readonly observers: readonly Observer[];
    readonly onError: OnError;
    readonly now: () => number;
  }) {
    this.#observers = options.observers;
    this.#onError = options.onError;
    this.#now = options.now;
  }

  /** Delivers an event to every observer, in their order. */
  emit(event: TrackerEvent): void {
    for (const observer of this.#observers) {
      try {
        observer(event);
      } catch (error) {
        if (event.kind !== 'error_contained') this.contained(error);
      }
    }
  }

  /** Tells that something of ours failed and was kept from the bot. */
  readonly contained: OnError = (error) => {
    try {
      this.emit({ kind: 'error_contained', at: this.#now(), error });
      this.#onError(error);
    } catch {
      // Whoever listens for our failures failed; there is nobody left to tell.
    }
  };
}
