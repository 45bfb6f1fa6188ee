import { deepEqual } from 'node:assert/strict';
import type { Store, Untold, Waiting } from '@turnspan/core';
import {
  countsOf,
  createWaiting,
  DROP,
  LEASE,
  nextDeadlineOf,
  STALL,
  settleDue,
  take,
  takeDue,
} from './fixtures';
import { type Processes, type ProcessesCase, START } from './shared-fixtures';

const DAY = 86_400_000;

/** Drops that are settled and not written down yet. */
export const UNTOLD_CASES: readonly ProcessesCase[] = [
  ['keeps a drop from when it is settled, as it was put there, until it is forgotten', keepsDrops],
  ['keeps a drop whose stall was settled before', keepsStalledDrops],
  ['keeps no stall', keepsNoStalls],
  ['keeps of what was handed out only what its taker settled', keepsOnlySettled],
  ['keeps once what is settled twice', keepsOnce],
  ['lists drops that were settled before a time, the earliest first, so many', listsInOrder],
  ['forgets those it is told to, and cares for no others', forgetsSome],
  ['leaves alone who waits when it is told to forget them', forgetsOnlyDrops],
  ['counts nobody whose drop it keeps, and hands out none', countsNobody],
  ['keeps a drop that somebody claims', keepsClaimed],
  ['shows every process the drops of the others', sharesDrops],
  ['lists no drop that nobody has forgotten for eight days', listsNothingOld],
];

async function keepsDrops({ stores: [store], untold: [untold], pass }: Processes): Promise<void> {
  const waiting = { ...createDrop('ñ.“1”'), node: '¿tamaño? 🍕', parents: ['[1,"a"]', ''] };
  await store.wait(waiting);

  deepEqual(await listAll(untold), []);
  await take(store, DROP);
  pass(7 * DAY);

  deepEqual(await listAll(untold), [waiting]);
  await untold.forget([waiting.id]);
  deepEqual(await listAll(untold), []);
}

async function keepsStalledDrops({ stores: [store], untold: [untold] }: Processes): Promise<void> {
  const waiting = createWaiting('1');
  await store.wait(waiting);

  await take(store, STALL);
  await take(store, DROP);

  deepEqual(await listAll(untold), [waiting]);
}

async function keepsNoStalls({ stores: [store], untold: [untold] }: Processes): Promise<void> {
  await store.wait(createWaiting('1'));

  deepEqual(await take(store, STALL), ['stall 1']);

  deepEqual(await listAll(untold), []);
}

async function keepsOnlySettled({ stores: [one, two], untold }: Processes): Promise<void> {
  for (const name of ['lost', 'answered', 'mine']) await one.wait(createDrop(name));
  const paused = await takeDue(one, DROP);
  await two.claim(createDrop('answered').id, 'answered');
  const other = await takeDue(two, DROP + LEASE, 1);
  const [lost = ''] = other.map(({ waiting }) => waiting.user.key);

  const settled = (await one.settle(paused)).map(({ waiting }) => waiting.user.key);

  const mine = ['lost', 'mine'].filter((name) => name !== lost);
  deepEqual(settled, mine);
  deepEqual(await listNames(untold[1]), mine);
  await two.settle(other);
  deepEqual([...(await listNames(untold[1]))].sort(), ['lost', 'mine']);
}

async function keepsOnce({ stores: [store], untold: [untold] }: Processes): Promise<void> {
  await store.wait(createDrop('1'));
  const due = await takeDue(store, DROP);
  await store.settle(due);

  await store.settle(due);
  deepEqual(await listNames(untold), ['1']);
  await untold.forget([createDrop('1').id]);
  await store.settle(due);

  deepEqual(await listNames(untold), []);
}

async function listsInOrder({ stores: [store], untold: [untold], pass }: Processes): Promise<void> {
  for (const name of ['3', '1', '2']) {
    await settleDrop(store, name);
    pass(10);
  }

  deepEqual(await listNames(untold, START), []);
  deepEqual(await listNames(untold, START + 1), ['3']);
  deepEqual(await listNames(untold, START + 20), ['3', '1']);
  deepEqual(await listNames(untold, START + 21), ['3', '1', '2']);
  deepEqual(await listNames(untold, START + 21, 2), ['3', '1']);
  await untold.forget([createDrop('3').id]);
  deepEqual(await listNames(untold, START + 21, 2), ['1', '2']);
}

async function forgetsSome({ stores: [store], untold: [untold], pass }: Processes): Promise<void> {
  for (const name of ['1', '2', '3']) {
    await settleDrop(store, name);
    pass(1);
  }

  await untold.forget([]);
  await untold.forget(['contract.never', 'another.1', '']);
  deepEqual(await listNames(untold), ['1', '2', '3']);
  await untold.forget([createDrop('3').id, 'contract.never', createDrop('1').id]);

  deepEqual(await listNames(untold), ['2']);
}

async function forgetsOnlyDrops({ stores: [store], untold: [untold] }: Processes): Promise<void> {
  await store.wait(createDrop('1'));
  await store.wait(createDrop('2'));
  await store.claim(createDrop('2').id, 'answered', 'message');

  await untold.forget([createDrop('1').id, createDrop('2').id]);

  deepEqual(await take(store, DROP), ['drop 1']);
  deepEqual(await store.claim(createDrop('2').id, 'dropped'), {
    claimed: false,
    reason: 'answered',
  });
}

async function countsNobody({ stores: [store], untold: [untold] }: Processes): Promise<void> {
  await settleDrop(store, '1');

  deepEqual(await listNames(untold), ['1']);
  deepEqual(await countsOf(store), []);
  deepEqual(await nextDeadlineOf(store), undefined);
  deepEqual(await settleDue(store, 2 * DROP), []);
}

async function keepsClaimed({ stores: [store], untold: [untold] }: Processes): Promise<void> {
  await settleDrop(store, '1');

  const claim = await store.claim(createDrop('1').id, 'answered', 'message');
  await store.wait(createDrop('1'));

  deepEqual(claim, { claimed: false, reason: 'dropped' });
  deepEqual(await listAll(untold), [createDrop('1')]);
  await untold.forget([createDrop('1').id]);
  deepEqual(await store.claim(createDrop('1').id, 'answered'), claim);
}

async function sharesDrops({ stores: [one, two], untold, pass }: Processes): Promise<void> {
  await settleDrop(one, '1');
  pass(1);
  await settleDrop(two, '2');

  deepEqual(await listAll(untold[0]), [createDrop('1'), createDrop('2')]);
  deepEqual(await listAll(untold[1]), [createDrop('1'), createDrop('2')]);
  await untold[1].forget([createDrop('1').id]);
  deepEqual(await listNames(untold[0]), ['2']);
}

async function listsNothingOld({ stores, untold, pass }: Processes): Promise<void> {
  await settleDrop(stores[0], 'old');
  pass(DAY);
  await settleDrop(stores[0], 'new');

  pass(7 * DAY);

  deepEqual(await listNames(untold[1]), ['new']);
  await settleDrop(stores[0], 'newest');
  deepEqual(await listNames(untold[1]), ['new', 'newest']);
}

/** Somebody who is dropped and does not stall before. */
function createDrop(name: string): Waiting {
  return { ...createWaiting(name), stallAt: DROP };
}

async function settleDrop(store: Store, name: string): Promise<void> {
  await store.wait(createDrop(name));
  deepEqual(await take(store, DROP), [`drop ${name}`]);
}

/** Those that were settled at any time. */
async function listAll(untold: Untold): Promise<readonly Waiting[]> {
  return await untold.list(Number.MAX_SAFE_INTEGER, 10);
}

async function listNames(
  untold: Untold,
  settledBefore: number = Number.MAX_SAFE_INTEGER,
  limit = 10,
): Promise<readonly string[]> {
  return (await untold.list(settledBefore, limit)).map(({ user }) => user.key);
}
