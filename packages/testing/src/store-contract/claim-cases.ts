import { deepEqual, equal } from 'node:assert/strict';
import type { ClaimReason, Store } from '@turnspan/core';
import { countsOf, createWaiting, DROP, ORIGIN, STALL, type StoreCase, take } from './fixtures';

/** Who may settle a wait. */
export const CLAIM_CASES: readonly StoreCase[] = [
  ['keeps the origin it was given', keepsOrigin],
  ['gives a wait to the first who claims it, as it was put there', givesToFirst],
  ['tells those who come too late why', tellsWhy],
  ['gives a wait to one of many who claim it at once', givesToOne],
  ['says at a claim whether the stall was handed out', saysStalled],
  ['never takes back what was claimed', takesNothingBack],
  ['gives what another origin put away to the first who asks', givesForeignOnce],
  ['remembers a claim of its own that comes before the wait', remembersEarlyClaim],
  ['brings back text of every language unchanged', keepsText],
];

async function keepsOrigin(store: Store): Promise<void> {
  equal(store.origin, ORIGIN);
}

async function givesToFirst(store: Store): Promise<void> {
  const waiting = createWaiting('1');
  await store.wait(waiting);

  const claim = await store.claim(waiting.id, 'answered');

  deepEqual(claim, { claimed: true, waiting, stalled: false });
}

async function tellsWhy(store: Store): Promise<void> {
  const reasons: readonly ClaimReason[] = ['answered', 'dropped', 'undelivered'];
  for (const reason of reasons) {
    const { id } = createWaiting(reason);
    await store.wait(createWaiting(reason));
    await store.claim(id, reason);

    const late = await store.claim(id, 'answered');

    deepEqual(late, { claimed: false, reason });
  }
}

async function givesToOne(store: Store): Promise<void> {
  const { id } = createWaiting('1');
  await store.wait(createWaiting('1'));

  const claims = await Promise.all(
    Array.from({ length: 10 }, async () => await store.claim(id, 'answered')),
  );

  equal(claims.filter(({ claimed }) => claimed).length, 1);
}

async function saysStalled(store: Store): Promise<void> {
  const waiting = createWaiting('1');
  await store.wait(waiting);
  await take(store, STALL);

  const claim = await store.claim(waiting.id, 'answered');

  deepEqual(claim, { claimed: true, waiting, stalled: true });
}

async function takesNothingBack(store: Store): Promise<void> {
  const waiting = createWaiting('1');
  await store.wait(waiting);
  await store.claim(waiting.id, 'answered');

  await store.wait(waiting);

  deepEqual(await store.claim(waiting.id, 'dropped'), { claimed: false, reason: 'answered' });
  deepEqual(await take(store, 2 * DROP), []);
  deepEqual(await countsOf(store), []);
}

async function givesForeignOnce(store: Store): Promise<void> {
  const id = 'another.journey.1';

  const first = await store.claim(id, 'dropped');
  const second = await store.claim(id, 'answered');

  deepEqual(first, { claimed: true, waiting: undefined, stalled: false });
  deepEqual(second, { claimed: false, reason: 'dropped' });
}

async function remembersEarlyClaim(store: Store): Promise<void> {
  const waiting = createWaiting('1');

  deepEqual(await store.claim(waiting.id, 'answered'), { claimed: false, reason: undefined });
  await store.wait(waiting);

  deepEqual(await store.claim(waiting.id, 'dropped'), { claimed: false, reason: 'answered' });
  deepEqual(await take(store, 2 * DROP), []);
}

async function keepsText(store: Store): Promise<void> {
  const waiting = {
    ...createWaiting('ñ.“1”'),
    flow: 'pedido de pizza',
    node: '¿tamaño? 🍕',
    position: '[1,"\\"\\n🍕"]',
    parents: ['[1,"a"]', ''],
  };
  await store.wait(waiting);

  deepEqual(await store.claim(waiting.id, 'answered'), { claimed: true, waiting, stalled: false });
}
