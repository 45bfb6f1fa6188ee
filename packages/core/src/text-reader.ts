import type { ByteBuffer } from './byte-buffer';
import { BASE64, COMMON, IN_HINT, NARROW, SINGLE, WIDE } from './text-format';

type Codes = Uint8Array | Uint16Array;

/** The two characters of each pair. */
const PAIRS = Array.from({ length: SINGLE }, (_, pair) => pair);
const FIRST = Uint8Array.from(PAIRS, (pair) => commonCode(Math.trunc(pair / COMMON.codes.length)));
const SECOND = Uint8Array.from(PAIRS, (pair) => commonCode(pair % COMMON.codes.length));
const BASE64_CODES = BASE64.codes;

function commonCode(number: number): number {
  return COMMON.codes[number] ?? 0;
}

/** Reads texts that a text writer has written. */
export class TextReader {
  /** What is read into, unless there are wide characters. */
  #narrow = Buffer.alloc(512);

  /** Reads the next text, with the hint that it was written with. */
  read(source: ByteBuffer, hint: string): string {
    const header = source.readCount();
    const length = header >>> 1;
    if (header % 2 === 0) return this.#readNarrow(source, length, hint);
    const codes = new Uint16Array(length);
    new Reading(source, codes, hint).readUntil(length);
    return Buffer.from(codes.buffer).toString('utf16le');
  }

  #readNarrow(source: ByteBuffer, length: number, hint: string): string {
    if (length > this.#narrow.length) this.#narrow = Buffer.alloc(2 * length);
    new Reading(source, this.#narrow, hint).readUntil(length);
    return this.#narrow.toString('latin1', 0, length);
  }
}

/** Reads the characters of one text into its codes. */
class Reading {
  readonly #source: ByteBuffer;
  readonly #codes: Codes;
  readonly #hint: string;
  /** How many characters have been read. */
  #length = 0;

  constructor(source: ByteBuffer, codes: Codes, hint: string) {
    this.#source = source;
    this.#codes = codes;
    this.#hint = hint;
  }

  readUntil(length: number): void {
    while (this.#length < length) {
      this.#readPairs(length);
      if (this.#length < length) this.#readOther(this.#source.read());
    }
  }

  /** Most of a position is pairs, hence the loop. */
  #readPairs(length: number): void {
    const source = this.#source;
    const codes = this.#codes;
    const { bytes } = source;
    let { position } = source;
    let index = this.#length;
    for (; index < length; index += 2) {
      const pair = bytes[position] ?? 0;
      if (pair >= SINGLE) break;
      codes[index] = FIRST[pair] ?? 0;
      codes[index + 1] = SECOND[pair] ?? 0;
      position += 1;
    }
    source.position = position;
    this.#length = index;
  }

  #readOther(byte: number): void {
    if (byte < NARROW) this.#add(commonCode(byte - SINGLE));
    else if (byte < IN_HINT) this.#readNarrow(byte - NARROW + 1);
    else if (byte === IN_HINT) this.#readFromHint(this.#source.read(), this.#source.read());
    else if (byte === WIDE) this.#readWide(this.#source.read());
    else this.#readFours(this.#source.read());
  }

  #add(code: number): void {
    this.#codes[this.#length] = code;
    this.#length += 1;
  }

  #readNarrow(count: number): void {
    for (let index = 0; index < count; index += 1) this.#add(this.#source.read());
  }

  #readFromHint(from: number, count: number): void {
    for (let index = 0; index < count; index += 1) this.#add(this.#hint.charCodeAt(from + index));
  }

  #readWide(count: number): void {
    for (let index = 0; index < count; index += 1) {
      this.#add((this.#source.read() << 8) | this.#source.read());
    }
  }

  #readFours(count: number): void {
    for (let index = 0; index < count; index += 1) {
      const bits = (this.#source.read() << 16) | (this.#source.read() << 8) | this.#source.read();
      this.#add(BASE64_CODES[bits >> 18] ?? 0);
      this.#add(BASE64_CODES[(bits >> 12) & 63] ?? 0);
      this.#add(BASE64_CODES[(bits >> 6) & 63] ?? 0);
      this.#add(BASE64_CODES[bits & 63] ?? 0);
    }
  }
}
