import type { ByteBuffer } from './byte-buffer';
import { BASE64, COMMON, IN_HINT, NARROW, SINGLE, WIDE } from './text-format';

/** Reads the next text, with the hint that it was written with. */
export function readText(source: ByteBuffer, hint: string): string {
  const header = source.readCount();
  const length = header >>> 1;
  if (header % 2 === 0) {
    const codes = Buffer.allocUnsafe(length);
    new TextReader(source, codes, hint).read();
    return codes.toString('latin1');
  }
  const codes = new Uint16Array(length);
  new TextReader(source, codes, hint).read();
  return Buffer.from(codes.buffer).toString('utf16le');
}

const PAIRS = Array.from({ length: SINGLE }, (_, pair) => pair);
const FIRST = Uint8Array.from(PAIRS, (pair) => codeOf(Math.trunc(pair / COMMON.size)));
const SECOND = Uint8Array.from(PAIRS, (pair) => codeOf(pair % COMMON.size));

function codeOf(common: number): number {
  return COMMON.codes[common] ?? 0;
}

/** Reads the characters of one text until there are as many as there is room for. */
class TextReader {
  readonly #source: ByteBuffer;
  readonly #codes: Uint8Array | Uint16Array;
  readonly #hint: string;
  #length = 0;

  constructor(source: ByteBuffer, codes: Uint8Array | Uint16Array, hint: string) {
    this.#source = source;
    this.#codes = codes;
    this.#hint = hint;
  }

  read(): void {
    while (this.#length < this.#codes.length) {
      const byte = this.#source.read();
      if (byte < SINGLE) this.#readPair(byte);
      else if (byte < NARROW) this.#add(codeOf(byte - SINGLE));
      else this.#readRun(byte);
    }
  }

  #add(code: number): void {
    this.#codes[this.#length] = code;
    this.#length += 1;
  }

  #readPair(pair: number): void {
    this.#add(FIRST[pair] ?? 0);
    this.#add(SECOND[pair] ?? 0);
  }

  #readRun(byte: number): void {
    if (byte < IN_HINT) this.#readNarrow(byte - NARROW + 1);
    else if (byte === IN_HINT) this.#readFromHint(this.#source.read(), this.#source.read());
    else if (byte === WIDE) this.#readWide(this.#source.read());
    else this.#readFours(this.#source.read());
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
      for (let shift = 18; shift >= 0; shift -= 6) {
        this.#add(BASE64.codes[(bits >> shift) & 63] ?? 0);
      }
    }
  }
}
