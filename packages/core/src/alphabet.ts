/** What stands for no character of an alphabet. */
export const NONE = 255;

/** Some characters of ASCII, each with a number. */
export class Alphabet {
  /** The code of each character. */
  readonly codes: Uint8Array;
  readonly #numbers = new Uint8Array(128).fill(NONE);

  constructor(characters: string) {
    this.codes = Uint8Array.from(characters, (each) => each.charCodeAt(0));
    for (const [number, code] of this.codes.entries()) this.#numbers[code] = number;
  }

  /** How many characters there are. */
  get size(): number {
    return this.codes.length;
  }

  /** The number of the character with this code; {@link NONE} if it is another one. */
  numberOf(code: number): number {
    return code < this.#numbers.length ? (this.#numbers[code] ?? NONE) : NONE;
  }
}
