/** What stands for no character of an alphabet. */
export const NONE = 255;

const CODES = 256;

/** Some characters of one byte, each with a number. */
export interface Alphabet {
  /** The code of each character, by its number. */
  readonly codes: Uint8Array;
  /** The number of the character with each code; {@link NONE} if it is another one. */
  readonly numbers: Uint8Array;
}

/** Creates the alphabet of these characters. */
export function createAlphabet(characters: string): Alphabet {
  const codes = Uint8Array.from(characters, (each) => each.charCodeAt(0));
  const numbers = new Uint8Array(CODES).fill(NONE);
  for (const [number, code] of codes.entries()) numbers[code] = number;
  return { codes, numbers };
}

/** The number of the character with this code. */
export function numberIn(numbers: Uint8Array, code: number): number {
  return code < CODES ? (numbers[code] ?? NONE) : NONE;
}
