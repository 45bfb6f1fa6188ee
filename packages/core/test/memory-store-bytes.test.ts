import { MemoryStore } from '../src';
import { usedBytes } from './support/used-bytes';
import { createWait } from './support/waits';

const ORIGIN = 'a1b2c3d4';
const MEGABYTE = 2 ** 20;

/** So many people come to wait, from this number on. */
function fill(store: MemoryStore, count: number, from = 0): void {
  for (let number = from; number < from + count; number += 1) {
    store.wait(createWait(number, ORIGIN));
  }
}

/** All of them answer, or stay silent until they are dropped. */
function empty(store: MemoryStore, count: number, from = 0): void {
  for (let number = from; number < from + count; number += 2) {
    store.claim(createWait(number, ORIGIN).id, 'answered');
  }
  const takeAll = { now: Number.MAX_SAFE_INTEGER, limit: count, leaseMs: 1 };
  for (let due = store.takeDue(takeAll); due.length > 0; due = store.takeDue(takeAll)) {
    store.settle(due);
  }
}

describe('the memory of the waiting list', () => {
  it('is at most 300 bytes for each person who waits', () => {
    const people = 100_000;
    fill(new MemoryStore(ORIGIN), 1_000);
    const before = usedBytes();
    const store = new MemoryStore(ORIGIN);

    fill(store, people);

    expect((usedBytes() - before) / people).toBeLessThanOrEqual(300);
    expect(store.claim(createWait(people - 1, ORIGIN).id, 'answered')).toMatchObject({
      waiting: createWait(people - 1, ORIGIN),
    });
  });

  it('does not grow from peak to peak, and is given back when they are over', () => {
    const people = 10_000;
    const store = new MemoryStore(ORIGIN);
    const peaks: number[] = [];
    const before = usedBytes();

    for (let peak = 0; peak < 10; peak += 1) {
      fill(store, people, peak * people);
      peaks.push(usedBytes() - before);
      empty(store, people, peak * people);
    }

    const claimsAreRemembered = 2 * MEGABYTE;
    expect(Math.max(...peaks.slice(2))).toBeLessThan(Math.max(...peaks.slice(0, 2)) + MEGABYTE);
    expect(usedBytes() - before).toBeLessThan(claimsAreRemembered + MEGABYTE);
    expect(store.summary().nextDeadline).toBeUndefined();
  });

  it('does not grow while people answer long before their deadline', () => {
    const store = new MemoryStore(ORIGIN);
    const answerAll = (from: number) => {
      for (let number = from; number < from + 20_000; number += 1) {
        const waiting = createWait(number, ORIGIN);
        store.wait(waiting);
        store.claim(waiting.id, 'answered');
      }
    };
    answerAll(0);
    const before = usedBytes();

    for (const from of [20_000, 40_000]) answerAll(from);

    expect(usedBytes() - before).toBeLessThan(MEGABYTE);
  });
});
