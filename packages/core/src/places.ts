import { HashIndex, hashText } from './hash-index';
import type { WaitingCount } from './store';

/** What many waits have in common. */
export interface Place {
  readonly channel: string;
  readonly line: string;
  readonly flow: string;
  readonly node: string;
}

interface Counted {
  readonly place: Place;
  waiting: number;
  stalled: number;
}

/** Places where nobody waits that are remembered, so that they are told with 0. */
const REMEMBERED_EMPTY = 1_000;

/** Every place where people wait, once and under a number, with how many they are. */
export class Places {
  readonly #counted: (Counted | undefined)[] = [];
  /** In the order in which the last one left. */
  readonly #empty = new Set<number>();
  readonly #freeNumbers: number[] = [];
  readonly #index = new HashIndex();

  /** Counts one more at the place and returns its number. */
  enter(place: Place): number {
    const hash = hashOf(place);
    const known = this.#index.find(hash, (each) => isSame(this.at(each), place));
    const number = known ?? this.#add(place, hash);
    const counted = this.#get(number);
    if (counted.waiting === 0) this.#empty.delete(number);
    counted.waiting += 1;
    return number;
  }

  /** One of those at the place has stalled. */
  stall(number: number): void {
    this.#get(number).stalled += 1;
  }

  /** One of those at the place is gone, stalled or not; after the last one the number may become another place's. */
  leave(number: number, { stalled }: { readonly stalled: boolean }): void {
    const counted = this.#get(number);
    counted.waiting -= 1;
    if (stalled) counted.stalled -= 1;
    if (counted.waiting > 0) return;
    this.#empty.add(number);
    if (this.#empty.size > REMEMBERED_EMPTY) this.#forgetOldest();
  }

  /** The place with this number. */
  at(number: number): Place {
    return this.#get(number).place;
  }

  /** How many wait at each node, on whatever line. */
  toCounts(): readonly WaitingCount[] {
    const counts = new Map<string, { -readonly [K in keyof WaitingCount]: WaitingCount[K] }>();
    for (const counted of this.#counted) {
      if (!counted) continue;
      const { flow, node } = counted.place;
      const key = JSON.stringify([flow, node]);
      const count = counts.get(key) ?? { flow, node, waiting: 0, stalled: 0 };
      count.waiting += counted.waiting;
      count.stalled += counted.stalled;
      counts.set(key, count);
    }
    return [...counts.values()];
  }

  #add({ channel, line, flow, node }: Place, hash: number): number {
    const number = this.#freeNumbers.pop() ?? this.#counted.length;
    this.#counted[number] = { place: { channel, line, flow, node }, waiting: 0, stalled: 0 };
    this.#index.add(hash, number);
    return number;
  }

  #forgetOldest(): void {
    const [number] = this.#empty;
    if (number === undefined) return;
    this.#empty.delete(number);
    this.#index.remove(hashOf(this.at(number)), number);
    this.#counted[number] = undefined;
    this.#freeNumbers.push(number);
  }

  #get(number: number): Counted {
    const counted = this.#counted[number];
    if (!counted) throw new RangeError(`There is no place ${number}.`);
    return counted;
  }
}

function hashOf({ channel, line, flow, node }: Place): number {
  return hashText(node, hashText(flow, hashText(line, hashText(channel))));
}

function isSame(one: Place, other: Place): boolean {
  return (
    one.node === other.node &&
    one.flow === other.flow &&
    one.line === other.line &&
    one.channel === other.channel
  );
}
