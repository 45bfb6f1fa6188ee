import { deepEqual, equal } from 'node:assert/strict';
import type { Store } from '@turnspan/core';
import { countsOf, createWaiting, DROP, STALL, type StoreCase, take } from './fixtures';

/** What is due when, and how many wait. */
export const DEADLINE_CASES: readonly StoreCase[] = [
  ['takes nothing before its deadline', takesNothingEarly],
  ['hands out a stall once, and the visit stays', handsOutStallOnce],
  ['hands out a drop once, and it is claimed by that', handsOutDropOnce],
  ['hands out a stall before the drop of the same visit', handsOutStallFirst],
  ['hands out a drop without a stall where both are due at the same time', dropsWithoutStall],
  ['hands out what is due earliest first, so many at a time', handsOutInOrder],
  ['hands out every deadline once, to takers at once', handsOutToOne],
  ['gives a wait to a claim or to a taker, never to both', givesToClaimOrTaker],
  ['moves the deadlines of a wait that is put there again', movesDeadlines],
  ['counts who waits and who has stalled, by node', counts],
  ['counts nobody whose wait is over', countsNobody],
  ['knows the next deadline', knowsNextDeadline],
];

async function takesNothingEarly(store: Store): Promise<void> {
  await store.wait(createWaiting('1'));

  deepEqual(await take(store, STALL - 1), []);
}

async function handsOutStallOnce(store: Store): Promise<void> {
  const waiting = createWaiting('1');
  await store.wait(waiting);

  deepEqual(await store.takeDue(STALL, 10), [{ deadline: 'stall', waiting }]);
  deepEqual(await take(store, DROP - 1), []);
  equal((await store.claim(waiting.id, 'answered')).claimed, true);
}

async function handsOutDropOnce(store: Store): Promise<void> {
  const waiting = createWaiting('1');
  await store.wait(waiting);
  await take(store, STALL);

  deepEqual(await store.takeDue(DROP, 10), [{ deadline: 'drop', waiting }]);
  deepEqual(await take(store, 2 * DROP), []);
  deepEqual(await store.claim(waiting.id, 'answered'), { claimed: false, reason: 'dropped' });
}

async function handsOutStallFirst(store: Store): Promise<void> {
  await store.wait(createWaiting('1'));

  const due = [...(await take(store, DROP)), ...(await take(store, DROP))];

  deepEqual(due, ['stall 1', 'drop 1']);
}

async function dropsWithoutStall(store: Store): Promise<void> {
  await store.wait({ ...createWaiting('1'), stallAt: DROP });

  deepEqual(await take(store, DROP), ['drop 1']);
}

async function handsOutInOrder(store: Store): Promise<void> {
  for (const [index, stallAt] of [30, 10, 40, 20].entries()) {
    await store.wait({ ...createWaiting(String(index)), stallAt });
  }

  deepEqual(await take(store, STALL, 3), ['stall 1', 'stall 3', 'stall 0']);
  deepEqual(await take(store, STALL, 3), ['stall 2']);
}

async function handsOutToOne(store: Store): Promise<void> {
  const names = Array.from({ length: 20 }, (_, index) => String(index));
  for (const name of names) await store.wait({ ...createWaiting(name), stallAt: DROP });

  const taken = await Promise.all(names.map(async () => await take(store, DROP, 7)));

  deepEqual(taken.flat().sort(), names.map((name) => `drop ${name}`).sort());
}

async function givesToClaimOrTaker(store: Store): Promise<void> {
  const names = Array.from({ length: 20 }, (_, index) => String(index));
  for (const name of names) await store.wait({ ...createWaiting(name), stallAt: DROP });

  const [due, ...claims] = await Promise.all([
    take(store, DROP, names.length),
    ...names.map(async (name) => await store.claim(createWaiting(name).id, 'answered')),
  ]);

  equal(due.length + claims.filter(({ claimed }) => claimed).length, names.length);
}

async function movesDeadlines(store: Store): Promise<void> {
  const later = { ...createWaiting('1'), stallAt: 2 * STALL, dropAt: 2 * DROP };
  await store.wait(createWaiting('1'));
  await store.wait(later);

  deepEqual(await take(store, 2 * STALL - 1), []);
  deepEqual(await store.takeDue(2 * DROP - 1, 10), [{ deadline: 'stall', waiting: later }]);
  deepEqual(await store.takeDue(2 * DROP, 10), [{ deadline: 'drop', waiting: later }]);
}

async function counts(store: Store): Promise<void> {
  await store.wait(createWaiting('1'));
  await store.wait({ ...createWaiting('2'), stallAt: DROP });
  await store.wait({ ...createWaiting('3'), node: 'crust', stallAt: DROP });
  await take(store, STALL);

  deepEqual(countsOf(store), [
    { flow: 'order', node: 'crust', waiting: 1, stalled: 0 },
    { flow: 'order', node: 'size', waiting: 2, stalled: 1 },
  ]);
}

async function countsNobody(store: Store): Promise<void> {
  await store.wait(createWaiting('1'));
  await store.wait(createWaiting('2'));
  await take(store, STALL);

  await store.claim(createWaiting('1').id, 'answered');
  await take(store, DROP);

  deepEqual(countsOf(store), []);
}

async function knowsNextDeadline(store: Store): Promise<void> {
  equal(store.nextDeadline(), undefined);
  await store.wait(createWaiting('1'));
  equal(store.nextDeadline(), STALL);
  await take(store, STALL);
  equal(store.nextDeadline(), DROP);
  await store.claim(createWaiting('1').id, 'answered');
  equal(store.nextDeadline(), undefined);
}
