import { NONE, numberIn } from './alphabet';
import type { ByteBuffer } from './byte-buffer';
import {
  BASE64,
  COMMON,
  FOURS,
  IN_HINT,
  MAX_COUNT,
  MAX_NARROW,
  NARROW,
  SINGLE,
  WIDE,
} from './text-format';

/** A shorter part is no shorter when it points at the hint. */
const MIN_IN_HINT = 4;
/** Fewer fours gain next to nothing. */
const MIN_FOURS = 2;

const COMMON_NUMBERS = COMMON.numbers;
const COMMON_SIZE = COMMON.codes.length;
const BASE64_NUMBERS = BASE64.numbers;

const QUOTE = '"'.charCodeAt(0);
const COMMA = ','.charCodeAt(0);
const END = 0;

/** Writes texts in few bytes, as the text format says. */
export class TextWriter {
  /** The characters of the text, and an end. They are looked at several times, which is faster here. */
  #codes = new Uint16Array(512);
  /** The same memory. */
  #codeBytes = Buffer.from(this.#codes.buffer);
  #length = 0;

  /** Writes a text; what it has in common with the hint, a text that the reader knows, takes next to nothing. */
  write(target: ByteBuffer, text: string, hint: string): void {
    // Nothing takes more than a wide character that stands alone: four bytes.
    target.reserve(5 + 4 * text.length);
    this.#load(text);
    const start = target.position;
    target.writeCount(2 * text.length);
    for (let index = 0; index < text.length; ) {
      index = this.#writeCommon(target, index);
      const end = this.#endOfRun(index);
      if (end === index) continue;
      const isInHint = writeFromHint(target, text.slice(index, end), hint);
      if (!isInHint) this.#writeRun(target, index, end);
      if (this.#hasWide(index, end)) target.bytes[start] = (target.bytes[start] ?? 0) | 1;
      index = end;
    }
  }

  #load(text: string): void {
    if (text.length >= this.#codes.length) {
      this.#codes = new Uint16Array(2 * text.length);
      this.#codeBytes = Buffer.from(this.#codes.buffer);
    }
    this.#codeBytes.write(text, 'utf16le');
    this.#codes[text.length] = END;
    this.#length = text.length;
  }

  /** Writes common characters for as long as they come, and returns where they end. */
  #writeCommon(target: ByteBuffer, from: number): number {
    const codes = this.#codes;
    const { bytes } = target;
    let { position } = target;
    let index = from;
    for (;;) {
      const first = numberIn(COMMON_NUMBERS, codes[index] ?? END);
      if (first === NONE) break;
      const second = numberIn(COMMON_NUMBERS, codes[index + 1] ?? END);
      bytes[position] = second === NONE ? SINGLE + first : first * COMMON_SIZE + second;
      position += 1;
      index += second === NONE ? 1 : 2;
    }
    target.position = position;
    return index;
  }

  /** A run goes on to the next quote or comma: it is a name, or a word such as `null`. */
  #endOfRun(from: number): number {
    const codes = this.#codes;
    const length = this.#length;
    let end = from;
    while (end < length && codes[end] !== QUOTE && codes[end] !== COMMA) end += 1;
    return end;
  }

  #hasWide(from: number, end: number): boolean {
    const codes = this.#codes;
    let bits = 0;
    for (let index = from; index < end; index += 1) bits |= codes[index] ?? 0;
    return bits > 0xff;
  }

  /** Writes characters that are not all common. */
  #writeRun(target: ByteBuffer, from: number, end: number): void {
    let index = this.#writeFours(target, from, end);
    const isWide = this.#hasWide(index, end);
    while (index < end) {
      index = isWide ? this.#writeWide(target, index, end) : this.#writeNarrow(target, index, end);
    }
  }

  /** Writes the fours of base64url that a run begins with, and returns where they end. */
  #writeFours(target: ByteBuffer, from: number, end: number): number {
    if (end - from < 4 * MIN_FOURS) return from;
    const fours = this.#countFours(from, end);
    if (fours < MIN_FOURS) return from;
    target.write(FOURS);
    target.write(fours);
    const codes = this.#codes;
    const { bytes } = target;
    let { position } = target;
    for (let index = from; index < from + 4 * fours; index += 4) {
      const high = (digitAt(codes, index) << 6) | digitAt(codes, index + 1);
      const low = (digitAt(codes, index + 2) << 6) | digitAt(codes, index + 3);
      bytes[position] = high >> 4;
      bytes[position + 1] = (high << 4) | (low >> 8);
      bytes[position + 2] = low;
      position += 3;
    }
    target.position = position;
    return from + 4 * fours;
  }

  #countFours(from: number, end: number): number {
    const codes = this.#codes;
    const limit = Math.min(end, from + 4 * MAX_COUNT);
    let index = from;
    while (index < limit && digitAt(codes, index) !== NONE) index += 1;
    return (index - from) >> 2;
  }

  #writeNarrow(target: ByteBuffer, from: number, end: number): number {
    const codes = this.#codes;
    const until = Math.min(end, from + MAX_NARROW);
    target.write(NARROW + until - from - 1);
    for (let index = from; index < until; index += 1) target.write(codes[index] ?? 0);
    return until;
  }

  #writeWide(target: ByteBuffer, from: number, end: number): number {
    const codes = this.#codes;
    const until = Math.min(end, from + MAX_COUNT);
    target.write(WIDE);
    target.write(until - from);
    for (let index = from; index < until; index += 1) {
      const code = codes[index] ?? 0;
      target.write(code >> 8);
      target.write(code);
    }
    return until;
  }
}

function writeFromHint(target: ByteBuffer, run: string, hint: string): boolean {
  if (run.length < MIN_IN_HINT || run.length > MAX_COUNT) return false;
  const from = hint.indexOf(run);
  if (from < 0 || from > MAX_COUNT) return false;
  target.write(IN_HINT);
  target.write(from);
  target.write(run.length);
  return true;
}

function digitAt(codes: Uint16Array, index: number): number {
  return numberIn(BASE64_NUMBERS, codes[index] ?? 0);
}
