import type { ByteBuffer } from './byte-buffer';

/** A cell is a line of the processor's cache: the number of the next cell, and words that it holds. */
const CELL_WORDS = 16;
const HELD_WORDS = CELL_WORDS - 1;

const PAGE_BITS = 12;
const PAGE_CELLS = 1 << PAGE_BITS;

/** Cell 0 is never used, so that 0 can say that there is no next one. */
const NO_CELL = 0;

interface Page {
  readonly words: Uint32Array;
  /** Names the next free one, and so on. */
  firstFree: number;
  used: number;
}

/**
 * Keeps records of any length where the garbage collector has nothing to do. A record is a chain
 * of cells of one size, so what is freed fits whatever comes, and nothing ever has to move. The
 * pages in front fill up first; those at the end run empty in time and are given back.
 */
export class Slab {
  readonly #pages: (Page | undefined)[] = [];
  /** The pages before it are full. */
  #firstWithSpace = 0;

  /** Keeps what the buffer holds up to its position, and returns the number of the record. */
  put({ words, position }: ByteBuffer): number {
    let record = NO_CELL;
    const last = Math.ceil(position / words.BYTES_PER_ELEMENT / HELD_WORDS) - 1;
    for (let index = last; index >= 0; index -= 1) {
      const cell = this.#allocate();
      const page = this.#pageOf(cell);
      const at = toOffset(cell);
      page.words[at] = record;
      for (let word = 0; word < HELD_WORDS; word += 1) {
        page.words[at + 1 + word] = words[index * HELD_WORDS + word] ?? 0;
      }
      record = cell;
    }
    return record;
  }

  /** Copies a record to the beginning of the buffer. */
  load(record: number, target: ByteBuffer): void {
    target.position = 0;
    for (let cell = record; cell !== NO_CELL; cell = this.#next(cell)) {
      target.reserve(HELD_WORDS * target.words.BYTES_PER_ELEMENT);
      const from = toOffset(cell) + 1;
      const { words } = this.#pageOf(cell);
      const to = target.position / words.BYTES_PER_ELEMENT;
      for (let word = 0; word < HELD_WORDS; word += 1) {
        target.words[to + word] = words[from + word] ?? 0;
      }
      target.position += HELD_WORDS * words.BYTES_PER_ELEMENT;
    }
  }

  /** Forgets a record; its number will be that of another one. */
  free(record: number): void {
    for (let cell = record; cell !== NO_CELL; ) {
      const next = this.#next(cell);
      this.#release(cell);
      cell = next;
    }
  }

  /** Reads one of the first words of a record. */
  word(record: number, index: number): number {
    return this.#pageOf(record).words[toOffset(record) + 1 + index] ?? 0;
  }

  /** Changes one of the first words of a record. */
  setWord(record: number, index: number, value: number): void {
    this.#pageOf(record).words[toOffset(record) + 1 + index] = value;
  }

  #next(cell: number): number {
    return this.#pageOf(cell).words[toOffset(cell)] ?? NO_CELL;
  }

  #allocate(): number {
    while (this.#pages[this.#firstWithSpace]?.firstFree === NO_CELL) this.#firstWithSpace += 1;
    const page = this.#pageOf(this.#firstWithSpace * PAGE_CELLS);
    const cell = page.firstFree;
    page.firstFree = page.words[toOffset(cell)] ?? NO_CELL;
    page.used += 1;
    return cell;
  }

  /** An empty page goes, except the one that is filled next. */
  #release(cell: number): void {
    const number = cell >>> PAGE_BITS;
    const page = this.#pageOf(cell);
    page.words[toOffset(cell)] = page.firstFree;
    page.firstFree = cell;
    page.used -= 1;
    if (page.used === 0 && number !== this.#firstWithSpace) this.#pages[number] = undefined;
    this.#firstWithSpace = Math.min(this.#firstWithSpace, number);
  }

  #pageOf(cell: number): Page {
    const number = cell >>> PAGE_BITS;
    const page = this.#pages[number] ?? createPage(number);
    this.#pages[number] = page;
    return page;
  }
}

function toOffset(cell: number): number {
  return (cell & (PAGE_CELLS - 1)) * CELL_WORDS;
}

function createPage(number: number): Page {
  const words = new Uint32Array(PAGE_CELLS * CELL_WORDS);
  const first = number * PAGE_CELLS;
  for (let cell = 0; cell < PAGE_CELLS - 1; cell += 1) words[toOffset(cell)] = first + cell + 1;
  const isCellZero = number === 0;
  return { words, firstFree: isCellZero ? 1 : first, used: isCellZero ? 1 : 0 };
}
