import { deepEqual, equal } from 'node:assert/strict';
import type { Store } from '@turnspan/core';
import {
  countsOf,
  createWaiting,
  DROP,
  LEASE,
  nextDeadlineOf,
  STALL,
  type StoreCase,
  settleDue,
  take,
  takeDue,
  toText,
  withoutLease,
} from './fixtures';

/** What is due when, and how many wait. */
export const DEADLINE_CASES: readonly StoreCase[] = [
  ['takes nothing before its deadline', takesNothingEarly],
  ['hands out a stall once, and the visit stays', handsOutStallOnce],
  ['hands out a drop once, and it is claimed by that', handsOutDropOnce],
  ['hands out a stall before the drop of the same visit', handsOutStallFirst],
  ['hands out a drop without a stall where both are due at the same time', dropsWithoutStall],
  ['hands out what is due earliest first, so many at a time', handsOutInOrder],
  ['hands out every deadline once, to takers at once', handsOutToOne],
  ['hands out again what a taker lets run out, and the late taker settles nothing', leasesRunOut],
  ['hands out nothing that another taker has just now', handsOutNothingTwice],
  ['settles nothing that was answered since it was handed out', settlesNothingClaimed],
  ['settles nothing that was moved since it was handed out', settlesNothingMoved],
  ['settles once what is settled twice', settlesOnce],
  ['hands out again what was handed out to a taker that died, stall and drop', handsOutAfterDeath],
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

  deepEqual(withoutLease(await settleDue(store, STALL)), [{ deadline: 'stall', waiting }]);
  deepEqual(await take(store, DROP - 1), []);
  equal((await store.claim(waiting.id, 'answered')).claimed, true);
}

async function handsOutDropOnce(store: Store): Promise<void> {
  const waiting = createWaiting('1');
  await store.wait(waiting);
  await take(store, STALL);

  deepEqual(withoutLease(await settleDue(store, DROP)), [{ deadline: 'drop', waiting }]);
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

async function leasesRunOut(store: Store): Promise<void> {
  await store.wait({ ...createWaiting('1'), stallAt: DROP });

  const paused = await takeDue(store, DROP);
  const other = await takeDue(store, DROP + LEASE);
  const settledByOther = await store.settle(other);
  const settledByPaused = await store.settle(paused);

  deepEqual(other.map(toText), ['drop 1']);
  deepEqual(settledByOther.map(toText), ['drop 1']);
  deepEqual(settledByPaused, []);
}

async function handsOutNothingTwice(store: Store): Promise<void> {
  await store.wait({ ...createWaiting('1'), stallAt: DROP });

  const first = await takeDue(store, DROP);
  const second = await takeDue(store, DROP + LEASE - 1);

  deepEqual(first.map(toText), ['drop 1']);
  deepEqual(second, []);
  equal(await nextDeadlineOf(store), DROP);
}

async function settlesNothingClaimed(store: Store): Promise<void> {
  const waiting = { ...createWaiting('1'), stallAt: DROP };
  await store.wait(waiting);

  const due = await takeDue(store, DROP);
  const claim = await store.claim(waiting.id, 'answered');

  equal(claim.claimed, true);
  deepEqual(await store.settle(due), []);
  deepEqual(await store.claim(waiting.id, 'dropped'), { claimed: false, reason: 'answered' });
}

async function settlesNothingMoved(store: Store): Promise<void> {
  await store.wait(createWaiting('1'));

  const due = await takeDue(store, STALL);
  await store.wait({ ...createWaiting('1'), stallAt: 2 * STALL });

  deepEqual(await store.settle(due), []);
  deepEqual(await take(store, 2 * STALL), ['stall 1']);
}

async function settlesOnce(store: Store): Promise<void> {
  await store.wait(createWaiting('1'));

  const due = await takeDue(store, STALL);

  deepEqual((await store.settle(due)).map(toText), ['stall 1']);
  deepEqual(await store.settle(due), []);
}

async function handsOutAfterDeath(store: Store): Promise<void> {
  await store.wait(createWaiting('1'));
  await takeDue(store, STALL);

  deepEqual(await take(store, STALL + LEASE), ['stall 1']);
  await takeDue(store, DROP);
  deepEqual(await take(store, DROP + LEASE), ['drop 1']);
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
  deepEqual(withoutLease(await settleDue(store, 2 * DROP - 1)), [
    { deadline: 'stall', waiting: later },
  ]);
  deepEqual(withoutLease(await settleDue(store, 2 * DROP)), [{ deadline: 'drop', waiting: later }]);
}

async function counts(store: Store): Promise<void> {
  await store.wait(createWaiting('1'));
  await store.wait({ ...createWaiting('2'), stallAt: DROP });
  await store.wait({ ...createWaiting('3'), node: 'crust', stallAt: DROP });
  await take(store, STALL);

  deepEqual(await countsOf(store), [
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

  deepEqual(await countsOf(store), []);
}

async function knowsNextDeadline(store: Store): Promise<void> {
  equal(await nextDeadlineOf(store), undefined);
  await store.wait(createWaiting('1'));
  equal(await nextDeadlineOf(store), STALL);
  await take(store, STALL);
  equal(await nextDeadlineOf(store), DROP);
  await store.claim(createWaiting('1').id, 'answered');
  equal(await nextDeadlineOf(store), undefined);
}
