const KEPT = 500;
/** Fewer say nothing about the slowest twentieth. */
const ENOUGH = 100;
const BETWEEN_LOOKS = 50;

/** Knows how long the bot usually takes, from its latest responses. */
export class UsualTimes {
  readonly #seconds: number[] = [];
  #next = 0;
  #sinceLook = 0;
  #p95: number | undefined;

  /** Notes a response. */
  add(seconds: number): void {
    this.#seconds[this.#next] = seconds;
    this.#next = (this.#next + 1) % KEPT;
    this.#sinceLook += 1;
  }

  /** What 95 in 100 responses keep below; undefined while there are too few. */
  p95(): number | undefined {
    if (this.#seconds.length < ENOUGH) return undefined;
    if (this.#p95 === undefined || this.#sinceLook >= BETWEEN_LOOKS) {
      this.#sinceLook = 0;
      const sorted = [...this.#seconds].sort((one, other) => one - other);
      this.#p95 = sorted[Math.floor(0.95 * (sorted.length - 1))];
    }
    return this.#p95;
  }
}
