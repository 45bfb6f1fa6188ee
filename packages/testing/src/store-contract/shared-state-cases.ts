import { deepEqual, equal } from 'node:assert/strict';
import type { QualityFact } from '@turnspan/core';
import { type Processes, type ProcessesCase, START, TTL } from './shared-fixtures';

/** What processes share besides the waiting list. */
export const SHARED_STATE_CASES: readonly ProcessesCase[] = [
  ['sees a key for the first time once, in whichever process', seesOnce],
  ['forgets a key when its time is over', forgetsKeys],
  ['gives a name one value for all processes', assignsOnce],
  ['keeps an assignment that is asked for, and forgets the others', renewsAssignments],
  ['gives a lease to one process at a time', leasesToOne],
  ['gives a lease to another process when it has run out', leasesRunOut],
  ['keeps the latest fact of each series, whoever found it', keepsLatestFacts],
];

async function seesOnce({ shared }: Processes): Promise<void> {
  const calls = Array.from({ length: 10 }, (_, index) => shared[index % 2 === 0 ? 0 : 1]);

  const seen = await Promise.all(calls.map((each) => each.see('message', TTL)));

  equal(seen.filter(Boolean).length, 1);
  equal(await shared[1].see('another', TTL), true);
}

async function forgetsKeys({ shared: [one, two], pass }: Processes): Promise<void> {
  await one.see('message', TTL);

  pass(TTL - 1);
  equal(await two.see('message', TTL), false);
  pass(1);
  equal(await two.see('message', TTL), true);
}

async function assignsOnce({ shared: [one, two] }: Processes): Promise<void> {
  const values = await Promise.all([one.assign('ann', 'a', TTL), two.assign('ann', 'b', TTL)]);

  equal(values[0], values[1]);
  equal(await two.assign('ann', 'c', TTL), values[0]);
  equal(await two.assign('bob', '¿c? 🍕', TTL), '¿c? 🍕');
}

async function renewsAssignments({ shared: [one, two], pass }: Processes): Promise<void> {
  await one.assign('ann', 'a', TTL);
  pass(TTL - 1);
  await two.assign('ann', 'b', TTL);
  pass(TTL - 1);

  equal(await one.assign('ann', 'c', TTL), 'a');
  pass(TTL);
  equal(await one.assign('ann', 'd', TTL), 'd');
}

async function leasesToOne({ shared: [one, two], pass }: Processes): Promise<void> {
  equal(await one.acquire('poll', TTL), true);

  equal(await two.acquire('poll', TTL), false);
  pass(TTL - 1);
  equal(await one.acquire('poll', TTL), true);
  pass(TTL - 1);
  equal(await two.acquire('poll', TTL), false);
  equal(await two.acquire('other', TTL), true);
}

async function leasesRunOut({ shared: [one, two], pass }: Processes): Promise<void> {
  await one.acquire('poll', TTL);
  pass(TTL);

  equal(await two.acquire('poll', TTL), true);
  equal(await one.acquire('poll', TTL), false);
}

async function keepsLatestFacts({ shared: [one, two] }: Processes): Promise<void> {
  const green = createFact('green', 1);
  const red = createFact('red', 2);
  const limit: QualityFact = { ...createFact('TIER_1K', 1), attribute: 'messaging_limit' };

  await one.keepFacts([red, limit]);
  await two.keepFacts([green]);

  const facts = [...(await two.facts())].sort((a, b) => a.attribute.localeCompare(b.attribute));
  deepEqual(facts, [limit, red]);
}

function createFact(value: string, seconds: number): QualityFact {
  const at = START + seconds * 1000;
  return {
    subject: { kind: 'phone', id: '1', name: 'Pizza 🍕' },
    attribute: 'rating',
    value,
    at,
    observedAt: at,
    source: 'poll',
  };
}
