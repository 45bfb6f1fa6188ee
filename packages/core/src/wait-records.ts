import { ByteBuffer } from './byte-buffer';
import { type HashedId, HashIndex } from './hash-index';
import { toId, toStem } from './id-stem';
import { type Place, Places } from './places';
import { Slab } from './slab';
import type { Waiting, WaitingCount } from './store';
import { TextReader } from './text-reader';
import { TextWriter } from './text-writer';
import type { Timestamp } from './vocabulary';

/*
 * A record begins with these words, and two for each of the times. Then come the texts: what
 * remains of the id, the key of the user, the position, how many parents there are, and they.
 */
const QUEUE_INDEX = 0;
const PLACE = 1;
const FLAGS = 2;
const STALL_AT = 3;
const DROP_AT = 5;
const TEXTS = 7 * Uint32Array.BYTES_PER_ELEMENT;

/** The stall is settled. */
const STALLED = 1;
/** The id begins with the origin, which the record leaves out. */
const HAS_ORIGIN = 2;
/** The id ends with the node, which the record leaves out. */
const HAS_NODE = 4;

/** A time, and the two words that it is. */
const TIME = new Float64Array(1);
const TIME_WORDS = new Uint32Array(TIME.buffer);

interface Opened {
  readonly record: number;
  readonly id: string;
  /** Where the id ends in the buffer. */
  readonly end: number;
}

/** All waits, each as a record of bytes; the number of a record is good until it is removed. */
export class WaitRecords {
  readonly #prefix: string;
  readonly #slab = new Slab();
  readonly #places = new Places();
  readonly #index = new HashIndex();
  readonly #buffer = new ByteBuffer();
  readonly #writer = new TextWriter();
  readonly #reader = new TextReader();
  /** The record that is in the buffer. */
  #opened: Opened | undefined;

  /** @param origin What ids begin with. */
  constructor(origin: string) {
    this.#prefix = `${origin}.`;
  }

  /** The record of the wait with this id. */
  find({ id, hash }: HashedId): number | undefined {
    return this.#index.find(hash, (record) => this.#open(record) === id);
  }

  /** Adds a wait whose id is not there yet, and returns its record; the hash is that of the id. */
  add(waiting: Waiting, hash: number): number {
    const { user, flow, node, stallAt, dropAt } = waiting;
    const buffer = this.#buffer;
    const { channel, line } = user;
    this.#opened = undefined;
    buffer.position = TEXTS;
    buffer.words[FLAGS] = this.#writeId(waiting);
    this.#writeTexts(waiting);
    buffer.words[PLACE] = this.#places.enter({ channel, line, flow, node });
    writeTime(buffer.words, STALL_AT, stallAt);
    writeTime(buffer.words, DROP_AT, dropAt);
    const record = this.#slab.put(buffer);
    this.#index.add(hash, record);
    return record;
  }

  /** Removes a record; the hash is that of the id. */
  remove(record: number, hash: number): void {
    const place = this.#slab.word(record, PLACE);
    this.#places.leave(place, { stalled: this.isStalled(record) });
    this.#index.remove(hash, record);
    this.#slab.free(record);
    this.#opened = undefined;
  }

  /** The wait, as it was added. */
  read(record: number): Waiting {
    const id = this.#open(record);
    const { channel, line, flow, node } = this.#placeOf(record);
    const key = this.#reader.read(this.#buffer, id);
    const position = this.#reader.read(this.#buffer, id);
    const parents = this.#readParents(id);
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
    return (this.#slab.word(record, FLAGS) & STALLED) !== 0;
  }

  /** Notes that the stall is settled. */
  stall(record: number): void {
    this.#slab.setWord(record, FLAGS, this.#slab.word(record, FLAGS) | STALLED);
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

  /** Writes the id and returns the flags that say what was left out. */
  #writeId({ id, node }: Waiting): number {
    const { stem, hasPrefix, hasSuffix } = toStem(id, { prefix: this.#prefix, suffix: node });
    this.#writer.write(this.#buffer, stem, '');
    return (hasPrefix ? HAS_ORIGIN : 0) | (hasSuffix ? HAS_NODE : 0);
  }

  /** A position repeats its id, so the id is the hint. */
  #writeTexts({ id, user, position, parents }: Waiting): void {
    const buffer = this.#buffer;
    this.#writer.write(buffer, user.key, id);
    this.#writer.write(buffer, position, id);
    buffer.reserve(5);
    buffer.writeCount(parents.length);
    for (const parent of parents) this.#writer.write(buffer, parent, id);
  }

  /** Loads a record, reads its id and leaves the buffer behind it. Whoever finds a record reads it next, so it stays there. */
  #open(record: number): string {
    const buffer = this.#buffer;
    if (this.#opened?.record !== record) {
      this.#slab.load(record, buffer);
      buffer.position = TEXTS;
      const id = this.#readId(record);
      this.#opened = { record, id, end: buffer.position };
    }
    buffer.position = this.#opened.end;
    return this.#opened.id;
  }

  #readId(record: number): string {
    const stem = this.#reader.read(this.#buffer, '');
    const flags = this.#slab.word(record, FLAGS);
    const parts = {
      stem,
      hasPrefix: (flags & HAS_ORIGIN) !== 0,
      hasSuffix: (flags & HAS_NODE) !== 0,
    };
    return toId(parts, { prefix: this.#prefix, suffix: this.#placeOf(record).node });
  }

  #readParents(id: string): readonly string[] {
    const parents: string[] = [];
    for (let count = this.#buffer.readCount(); count > 0; count -= 1) {
      parents.push(this.#reader.read(this.#buffer, id));
    }
    return parents;
  }

  #placeOf(record: number): Place {
    return this.#places.at(this.#slab.word(record, PLACE));
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
