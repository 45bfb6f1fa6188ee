/** When a {@link CircuitBreaker} opens, and for how long. */
export interface CircuitBreakerOptions {
  /** Milliseconds on a clock that only goes forward. */
  readonly tick: () => number;
  /** Failures in a row after which nothing is asked any more. */
  readonly failures: number;
  /** How long the first pause is; each pause without a success is twice as long as the one before. */
  readonly pauseMs: number;
  /** The longest pause. */
  readonly maxPauseMs: number;
}

/** Spares a server that fails, and whoever would wait for it: after some failures only one call at a time tries it again. */
export class CircuitBreaker {
  readonly #options: CircuitBreakerOptions;
  #failures = 0;
  #pauseMs: number;
  #openUntil = Number.NEGATIVE_INFINITY;
  #isTrying = false;

  constructor(options: CircuitBreakerOptions) {
    this.#options = options;
    this.#pauseMs = options.pauseMs;
  }

  /** Whether calls are turned away. */
  get isOpen(): boolean {
    return this.#failures >= this.#options.failures;
  }

  /** Whether to make a call now; whoever may, tells what became of it. */
  admit(): boolean {
    if (!this.isOpen) return true;
    if (this.#isTrying || this.#options.tick() < this.#openUntil) return false;
    this.#isTrying = true;
    return true;
  }

  /** A call worked. */
  succeed(): void {
    this.#failures = 0;
    this.#isTrying = false;
    this.#pauseMs = this.#options.pauseMs;
  }

  /** A call failed. */
  fail(): void {
    const { failures, maxPauseMs, tick } = this.#options;
    this.#failures += 1;
    if (this.#failures < failures) return;
    const isNews = this.#isTrying || this.#failures === failures;
    this.#isTrying = false;
    if (!isNews) return;
    this.#openUntil = tick() + this.#pauseMs;
    this.#pauseMs = Math.min(2 * this.#pauseMs, maxPauseMs);
  }
}
