'use strict';
const { load } = require('../harness/load');
const { MemoryStore, Tracker } = load('@turnspan/core');

const START = Date.UTC(2026, 0, 5);
const STALL_MS = 30 * 60_000;
const NODES = 7;

/** A tracker with a store in memory, in which people wait for whom time passes by hand. */
class People {
  #now = START;
  #tracker;
  #count = 0;

  constructor({ observers = [] } = {}) {
    const clock = { now: () => this.#now, tick: () => this.#now };
    this.#tracker = new Tracker({
      hashKey: 'a key',
      store: new MemoryStore('bench'),
      stallAfterMs: STALL_MS,
      dropAfterMs: 48 * 60 * 60_000,
      observers,
      clock,
    });
  }

  get tracker() {
    return this.#tracker;
  }

  /** Asks so many people more; a bot keeps the position of each in its own storage. */
  ask(count) {
    for (let each = 0; each < count; each += 1) {
      this.#count += 1;
      this.#askOne(`person${this.#count}`, `node${this.#count % NODES}`);
    }
  }

  pass(milliseconds) {
    this.#now += milliseconds;
  }

  /** Settles what is due, and says how much that was. */
  sweep() {
    return this.#tracker.sweep();
  }

  #askOne(userId, node) {
    const tracker = this.#tracker;
    const input = { channel: 'web', line: 'bot', userId, inputKind: 'text', text: 'hello' };
    const turn = tracker.startTurn(input);
    const save = () => undefined;
    const journey = tracker.begin(turn, { flow: 'form', parents: [], save });
    tracker.enter(turn, journey, { id: node, kind: 'question' });
    tracker.aboutToAsk(turn, journey);
    tracker.sent(turn, tracker.send(turn), { messages: 1, parents: [] });
    tracker.endTurn(turn);
  }
}

module.exports = { People, STALL_MS };
