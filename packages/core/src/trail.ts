/** What {@link Trail} remembers, as plain data. */
export interface TrailRecord {
  /** Visited nodes, each followed by the hash of the last input at it (or ''). */
  readonly nodes: readonly string[];
  /** The last questions asked, one base-36 digit each: the index of the node. */
  readonly path: string;
  /** Questions asked since an answer last told the bot something new, or a loop was found. */
  readonly stale: number;
}

const MAX_NODES = 36;
const MAX_PERIOD = 4;
const SHOWINGS = 3;

/**
 * The steps a journey has taken, in constant memory: which nodes it has seen, what was last
 * answered at each, and whether its questions go round in a loop.
 */
export class Trail {
  /** As in the record: each node, and the hash of the last input at it. */
  readonly #seen: string[];
  #path = '';
  #stale = 0;

  constructor(seen: readonly string[] = []) {
    this.#seen = seen.slice(0, seen.length - (seen.length % 2));
  }

  /** Restores a trail from its record. */
  static from({ nodes, path, stale }: TrailRecord): Trail {
    const trail = new Trail(nodes);
    trail.#path = path;
    trail.#stale = stale;
    return trail;
  }

  /** Whether the journey has been at this node. */
  has(node: string): boolean {
    return this.#indexOf(node) >= 0;
  }

  /** Notes that the journey is at this node. */
  visit(node: string): void {
    if (this.has(node)) return;
    if (this.#seen.length >= 2 * MAX_NODES) this.#forgetOldest();
    this.#seen.push(node, '');
  }

  /**
   * Notes that a question is put to the user, and returns the period (1 to 4) of the loop that
   * this closes: the last questions repeat twice without a new answer in between, so period 1
   * means the same question shown for the third time. A loop that goes on is found again after
   * two more rounds.
   */
  ask(node: string): number | undefined {
    this.visit(node);
    this.#path = (this.#path + this.#digit(node)).slice(-MAX_PERIOD * SHOWINGS);
    this.#stale += 1;
    const period = this.#period();
    if (period !== undefined) this.#stale = 0;
    return period;
  }

  /** Notes an answer; `captured` says that the bot took it. Returns whether the same input was given to the same question just before. */
  answer(node: string, input: string, captured: boolean): { readonly identical: boolean } {
    const index = this.#indexOf(node);
    const same = input !== '' && index >= 0 && this.#seen[2 * index + 1] === input;
    if (captured && !same) this.#stale = 0;
    if (index >= 0) this.#seen[2 * index + 1] = input;
    const digit = index < 0 ? '?' : this.#digit(node);
    return { identical: same && this.#path.endsWith(digit + digit) };
  }

  /** Forgets the questions asked so far: a menu may be shown as often as one likes. */
  clearPath(): void {
    this.#path = '';
  }

  /** The trail as plain data, as it is now: it changes with the trail. */
  toRecord(): TrailRecord {
    return { nodes: this.#seen, path: this.#path, stale: this.#stale };
  }

  #indexOf(node: string): number {
    for (let index = 0; index < this.#seen.length; index += 2) {
      if (this.#seen[index] === node) return index / 2;
    }
    return -1;
  }

  #digit(node: string): string {
    return this.#indexOf(node).toString(36);
  }

  #period(): number | undefined {
    for (let period = 1; period <= MAX_PERIOD; period += 1) {
      if (this.#stale >= period * (SHOWINGS - 1) && this.#repeats(period)) return period;
    }
    return undefined;
  }

  #repeats(period: number): boolean {
    const length = period * SHOWINGS;
    const tail = this.#path.slice(-length);
    return tail.length === length && tail.slice(period) === tail.slice(0, -period);
  }

  /** The digits of the path are indexes, so they go with the node. */
  #forgetOldest(): void {
    this.#seen.splice(0, 2);
    this.#path = '';
  }
}
