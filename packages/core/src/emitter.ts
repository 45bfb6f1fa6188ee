import { attempt, type OnError } from './contain';
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
        const result: unknown = observer(event);
        if (result instanceof Promise) result.catch((error) => this.#failed(event, error));
      } catch (error) {
        this.#failed(event, error);
      }
    }
  }

  /** Delivers to the same observers what may have been told before. */
  again(): Emitter {
    const repeat: Observer = (event) => this.emit({ ...event, again: true });
    return new Emitter({ observers: [repeat], onError: this.#onError, now: this.#now });
  }

  /** Tells that something of ours failed and was kept from the bot. */
  readonly contained: OnError = (error) => {
    try {
      const at = attempt(this.#now, () => {}) ?? Date.now();
      this.emit({ kind: 'error_contained', at, error });
      const result: unknown = this.#onError(error);
      if (result instanceof Promise) result.catch(() => {});
    } catch {
      // Whoever listens for our failures failed; there is nobody left to tell.
    }
  };

  /** An observer that fails at failures is told no more of its own. */
  #failed({ kind }: TrackerEvent, error: unknown): void {
    if (kind !== 'error_contained') this.contained(error);
  }
}
