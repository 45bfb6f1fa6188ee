import { deepEqual, equal } from 'node:assert/strict';
import { changed, MINUTE } from './events';
import type { JournalCase, JournalStage } from './types';

const NAME = 'poller';

/** One of several does what only one should. */
export const LEASE_CASES: readonly JournalCase[] = [
  ['gives a lease to exactly one of several that ask at once', givesToOne],
  ['has one lease for each name', hasOneForEachName],
  ['lets a lease be taken over when it has run out, and not before', letsRunOut],
  ['lets a lease last as long as it is renewed', renews],
  ['gives its leases back when it is closed, after the last write', givesBack],
];

async function givesToOne({ open }: JournalStage): Promise<void> {
  const journals = [open(), open(), open(), open()];

  const answers = await Promise.all(journals.map(({ lease }) => lease.acquire(NAME, MINUTE)));

  equal(answers.filter(Boolean).length, 1);
}

async function hasOneForEachName({ open }: JournalStage): Promise<void> {
  const [one, other] = [open(), open()];

  const answers = [
    await one.lease.acquire('a', MINUTE),
    await other.lease.acquire('b', MINUTE),
    await one.lease.acquire('b', MINUTE),
  ];

  deepEqual(answers, [true, true, false]);
}

async function letsRunOut({ open, pass }: JournalStage): Promise<void> {
  const [one, other] = [open(), open()];

  const answers = [await one.lease.acquire(NAME, MINUTE)];
  await pass(MINUTE / 2);
  answers.push(await other.lease.acquire(NAME, MINUTE));
  await pass(MINUTE / 2);
  answers.push(await other.lease.acquire(NAME, MINUTE), await one.lease.acquire(NAME, MINUTE));

  deepEqual(answers, [true, false, true, false]);
}

async function renews({ open, pass }: JournalStage): Promise<void> {
  const [one, other] = [open(), open()];

  const answers: boolean[] = [];
  for (let beat = 0; beat < 4; beat += 1) {
    answers.push(await one.lease.acquire(NAME, MINUTE), await other.lease.acquire(NAME, MINUTE));
    await pass(MINUTE / 3);
  }

  deepEqual(answers, [true, false, true, false, true, false, true, false]);
}

async function givesBack({ open }: JournalStage): Promise<void> {
  const [one, other] = [open(), open()];
  await one.lease.acquire('a', MINUTE);
  await other.lease.acquire('b', MINUTE);
  one.observe(changed());

  await one.close();

  equal((await other.facts()).length, 1);
  const third = open();
  const answers = [await third.lease.acquire('a', MINUTE), await third.lease.acquire('b', MINUTE)];
  deepEqual(answers, [true, false]);
}
