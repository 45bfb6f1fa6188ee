import { deepEqual, equal } from 'node:assert/strict';
import type { Inbox, InboxEntry } from '@turnspan/core';
import { type Processes, type ProcessesCase, TTL } from './shared-fixtures';

/** Messages that must not be lost. */
export const INBOX_CASES: readonly ProcessesCase[] = [
  ['takes a message once, in whichever process it comes', takesOnce],
  ['knows a message again that is done with', knowsDoneAgain],
  ['hands nothing over while its process goes on keeping it', handsNothingOver],
  ['hands over what a dead process left, in the order in which it came', handsOverInOrder],
  ['hands over each message once', handsOverOnce],
  ['hands over only so many at a time', handsOverSoMany],
  ['hands over nothing of a sender whose earlier message another process has', keepsOrder],
  ['tells which message is behind one that another process has, or had', tellsWhoIsBehind],
  ['tells that a message is the first when others are done with', tellsWhenOthersAreDone],
  ['tells a process which messages are no longer its own', tellsLost],
];

async function takesOnce({ inboxes: [one, two] }: Processes): Promise<void> {
  const entry = createEntry('1');

  const taken = await Promise.all([one.put(entry, TTL), two.put(entry, TTL), one.put(entry, TTL)]);

  equal(taken.filter(Boolean).length, 1);
}

async function knowsDoneAgain({ inboxes: [one, two], pass }: Processes): Promise<void> {
  await one.put(createEntry('1'), TTL);
  await one.done('1');
  pass(6 * 86_400_000);

  equal(await two.put(createEntry('1'), TTL), false);
  deepEqual(await two.takeOver(10, TTL), []);
}

async function handsNothingOver({ inboxes: [one, two], pass }: Processes): Promise<void> {
  await one.put(createEntry('1'), TTL);
  pass(TTL - 1);
  deepEqual(await one.renew(['1'], TTL), ['1']);
  pass(TTL - 1);

  deepEqual(await two.takeOver(10, TTL), []);
}

async function handsOverInOrder({ inboxes: [one, two], pass }: Processes): Promise<void> {
  const entries = ['3', '1', '2'].map((id) => createEntry(id));
  for (const entry of entries) {
    await one.put(entry, TTL);
    pass(1);
  }
  pass(TTL);

  deepEqual(await two.takeOver(10, TTL), entries);
}

async function handsOverOnce({ inboxes: [one, two], pass }: Processes): Promise<void> {
  await one.put(createEntry('1'), TTL);
  await one.put(createEntry('2', 'bob'), TTL);
  pass(TTL);

  const taken = await Promise.all([one.takeOver(10, TTL), two.takeOver(10, TTL)]);

  deepEqual(
    taken
      .flat()
      .map(({ id }) => id)
      .sort(),
    ['1', '2'],
  );
}

async function handsOverSoMany({ inboxes: [one, two], pass }: Processes): Promise<void> {
  for (const id of ['1', '2', '3']) {
    await one.put(createEntry(id), TTL);
    pass(1);
  }
  pass(TTL);

  deepEqual(
    (await two.takeOver(2, TTL)).map(({ id }) => id),
    ['1', '2'],
  );
}

async function keepsOrder({ inboxes: [one, two], pass }: Processes): Promise<void> {
  await one.put(createEntry('1'), 3 * TTL);
  await two.put(createEntry('2'), TTL);
  await two.put(createEntry('3', 'bob'), TTL);
  pass(TTL);

  deepEqual(
    (await two.takeOver(10, TTL)).map(({ id }) => id),
    ['3'],
  );
}

async function tellsWhoIsBehind({ inboxes: [one, two], pass }: Processes): Promise<void> {
  await one.put(createEntry('1'), TTL);
  await one.put(createEntry('2', 'bob'), TTL);
  await two.put(createEntry('3'), TTL);
  const tell = () => Promise.all(['1', '2', '3'].map((id) => isBehind(two, id)));

  deepEqual([await isBehind(one, '1'), await isBehind(one, '2')], [false, false]);
  deepEqual(await tell(), [false, false, true]);
  pass(TTL);
  deepEqual(await tell(), [false, false, true]);
  await two.takeOver(1, TTL);
  deepEqual(await tell(), [false, false, false]);
}

async function tellsWhenOthersAreDone({ inboxes: [one, two] }: Processes): Promise<void> {
  await one.put(createEntry('1'), TTL);
  await two.put(createEntry('2'), TTL);
  await one.done('1');

  deepEqual(await isBehind(two, '2'), false);
  deepEqual(await isBehind(two, 'unknown'), false);
}

function isBehind(inbox: Inbox, id: string): Promise<boolean> | undefined {
  return inbox.isBehind?.(id);
}

async function tellsLost({ inboxes: [one, two], pass }: Processes): Promise<void> {
  await one.put(createEntry('1'), TTL);
  await one.put(createEntry('2', 'bob'), TTL);
  pass(TTL);
  await two.takeOver(10, TTL);

  deepEqual(await one.renew(['1', '2'], TTL), []);
  await two.done('1');
  deepEqual(await two.renew(['1', '2'], TTL), ['2']);
}

function createEntry(id: string, sender = 'ann'): InboxEntry {
  return { id, sender, payload: `${id} 🍕` };
}
