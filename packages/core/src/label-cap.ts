/** What takes the place of a label value beyond its cap. */
export const OTHER = '__other__';

const MAX_VALUE_LENGTH = 128;

/** Called when a value was replaced by {@link OTHER}. */
export type OnOverflow = (label: string) => void;

/**
 * Keeps a label bounded: the first `cap` distinct values pass, every later new one becomes
 * {@link OTHER}, whatever users type. A value longer than 128 characters is cut.
 */
export class LabelCap {
  readonly #label: string;
  readonly #cap: number;
  readonly #onOverflow: OnOverflow;
  readonly #known = new Map<string, string>();

  constructor(label: string, cap: number, onOverflow: OnOverflow) {
    this.#label = label;
    this.#cap = cap;
    this.#onOverflow = onOverflow;
  }

  /** The value to use as a label; the same input always gives the same output. */
  apply(value: string): string {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    if (this.#known.size >= this.#cap) {
      this.#onOverflow(this.#label);
      return OTHER;
    }
    const label = value.slice(0, MAX_VALUE_LENGTH);
    this.#known.set(value, label);
    return label;
  }
}
