import { ByteBuffer } from './byte-buffer';
import { HashIndex, hashText } from './hash-index';
import { Places } from './places';
import { HEADER_WORDS, Slab } from './slab';
import type { Waiting, WaitingCount } from './store';
import { readText } from './text-reader';
import { TextWriter } from './text-writer';
import type { Timestamp } from './vocabulary';

/*
 * A record is a header of seven words, then the texts: the id, the key of the user, the position,
 * how many parents there are, and they. These are the words of the header.
 */
const QUEUE_INDEX = 0;
const PLACE = 1;
const STALL_AT = 2;
const DROP_AT = 4;
const STALLED = 6;

/** A time is two words. */
const TIME = new Float64Array(1);
const TIME_WORDS = new Uint32Array(TIME.buffer);

/** All waits, each as a record of bytes with a number; a number is good until its record is removed. */
export class WaitRecords {
  readonly #slab = new Slab();
  readonly #places = new Places();
  readonly #index = new HashIndex();
  readonly #buffer = new ByteBuffer();
  readonly #writer = new TextWriter();

  /** The record of the wait with this id. */
  find(id: string): number | undefined {
    return this.#index.find(hashText(id), (record) => this.#readId(record) === id);
  }

  /** Adds a wait whose id is not there yet, and returns its record. */
  add(waiting: Waiting): number {
    const { id, user, flow, node, stallAt, dropAt } = waiting;
    const buffer = this.#buffer;
    const { channel, line } = user;
    this.#writeTexts(waiting);
    buffer.words[PLACE] = this.#places.enter({ channel, line, flow, node });
    buffer.words[STALLED] = 0;
    writeTime(buffer.words, STALL_AT, stallAt);
    writeTime(buffer.words, DROP_AT, dropAt);
    const record = this.#slab.put(buffer);
    this.#index.add(hashText(id), record);
    return record;
  }

  /** Removes the record of the wait with this id. */
  remove(record: number, id: string): void {
    this.#places.leave(this.#slab.word(record, PLACE), { stalled: this.isStalled(record) });
    this.#index.remove(hashText(id), record);
    this.#slab.free(record);
  }

  /** The wait, as it was added. */
  read(record: number): Waiting {
    const id = this.#readId(record);
    const buffer = this.#buffer;
    const { channel, line, flow, node } = this.#places.at(this.#slab.word(record, PLACE));
    const key = readText(buffer, id);
    const position = readText(buffer, id);
    const parents = Array.from({ length: buffer.readCount() }, () => readText(buffer, id));
    const user = { channel, line, key };
    const { stallAt, dropAt } = this.deadlines(record);
    return { id, user, flow, node, position, parents, stallAt, dropAt };
  }

  /** Until when the person may be silent. */
  deadlines(record: number): Pick<Waiting, 'stallAt' | 'dropAt'> {
    return { stallAt: this.#time(record, STALL_AT), dropAt: this.#time(record, DROP_AT) };
  }

  /** Whether the stall is settled. */
  isStalled(record: number): boolean {
    return this.#slab.word(record, STALLED) === 1;
  }

  /** Notes that the stall is settled. */
  stall(record: number): void {
    this.#slab.setWord(record, STALLED, 1);
    this.#places.stall(this.#slab.word(record, PLACE));
  }

  /** Where the record lies in the queue of deadlines. */
  queueIndex(record: number): number {
    return this.#slab.word(record, QUEUE_INDEX);
  }

  /** Notes where the record lies in the queue of deadlines. */
  setQueueIndex(record: number, index: number): void {
    this.#slab.setWord(record, QUEUE_INDEX, index);
  }

  /** How many wait at each node. */
  toCounts(): readonly WaitingCount[] {
    return this.#places.toCounts();
  }

  /** The id tells the hint for the other texts. */
  #writeTexts({ id, user, position, parents }: Waiting): void {
    const buffer = this.#buffer;
    buffer.position = HEADER_WORDS * buffer.words.BYTES_PER_ELEMENT;
    this.#writer.write(buffer, id, '');
    for (const text of [user.key, position]) this.#writer.write(buffer, text, id);
    buffer.writeCount(parents.length);
    for (const text of parents) this.#writer.write(buffer, text, id);
  }

  #readId(record: number): string {
    const buffer = this.#buffer;
    this.#slab.load(record, buffer);
    buffer.position = HEADER_WORDS * buffer.words.BYTES_PER_ELEMENT;
    return readText(buffer, '');
  }

  #time(record: number, word: number): Timestamp {
    TIME_WORDS[0] = this.#slab.word(record, word);
    TIME_WORDS[1] = this.#slab.word(record, word + 1);
    return TIME[0] ?? 0;
  }
}

function writeTime(words: Uint32Array, word: number, time: Timestamp): void {
  TIME[0] = time;
  words[word] = TIME_WORDS[0] ?? 0;
  words[word + 1] = TIME_WORDS[1] ?? 0;
}
