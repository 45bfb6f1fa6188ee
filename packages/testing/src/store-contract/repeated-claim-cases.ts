import { deepEqual, equal } from 'node:assert/strict';
import type { Claim, ClaimReason } from '@turnspan/core';
import { countsOf, createWaiting, DROP, STALL, take } from './fixtures';
import type { Processes, ProcessesCase } from './shared-fixtures';

const HAD: Claim = { claimed: true, waiting: undefined, stalled: true };
const UNSEEN: Claim = { claimed: false, reason: undefined };

/** Claims of a message that comes again. */
export const REPEATED_CLAIM_CASES: readonly ProcessesCase[] = [
  ['gives a wait again to the message that has it, in whichever process it comes', givesAgain],
  ['gives a wait that has stalled again as one', givesStalledAgain],
  ['refuses a wait to anybody but the message that has it', refusesOthers],
  ['refuses a message what it has for another reason', refusesOtherReasons],
  ['gives nothing again to whoever does not say for which message', givesNothingToNobody],
  ['refuses a message what was dropped', refusesDropped],
  ['gives what another origin put away again to the message that has it', givesForeignAgain],
  ['refuses a claim that came before its wait in the same way again', refusesEarlyAgain],
  ['puts nothing back on the list by a claim that comes again', putsNothingBack],
  ['gives a wait to one of two messages that come several times at once', givesToOneMessage],
];

async function givesAgain({ stores: [one, two] }: Processes): Promise<void> {
  const waiting = createWaiting('1');
  await one.wait(waiting);

  const first = await one.claim(waiting.id, 'answered', 'message');

  deepEqual(first, { claimed: true, waiting, stalled: false });
  deepEqual(await two.claim(waiting.id, 'answered', 'message'), HAD);
  deepEqual(await one.claim(waiting.id, 'answered', 'message'), HAD);
}

async function givesStalledAgain({ stores: [one, two] }: Processes): Promise<void> {
  const waiting = createWaiting('1');
  await one.wait(waiting);
  await take(one, STALL);

  const first = await one.claim(waiting.id, 'answered', 'message');

  deepEqual(first, { claimed: true, waiting, stalled: true });
  deepEqual(await two.claim(waiting.id, 'answered', 'message'), HAD);
}

async function refusesOthers({ stores: [one, two] }: Processes): Promise<void> {
  const { id } = createWaiting('1');
  await one.wait(createWaiting('1'));
  await one.claim(id, 'answered', 'message');

  for (const by of ['another', 'messag', 'message ', 'MESSAGE', '', undefined]) {
    deepEqual(await two.claim(id, 'answered', by), { claimed: false, reason: 'answered' });
  }
  deepEqual(await two.claim(id, 'answered', 'message'), HAD);
}

async function refusesOtherReasons({ stores: [one, two] }: Processes): Promise<void> {
  const { id } = createWaiting('1');
  await one.wait(createWaiting('1'));
  await one.claim(id, 'answered', 'message');

  const reasons: readonly ClaimReason[] = ['dropped', 'undelivered'];
  for (const reason of reasons) {
    deepEqual(await two.claim(id, reason, 'message'), { claimed: false, reason: 'answered' });
  }
}

async function givesNothingToNobody({ stores: [one, two] }: Processes): Promise<void> {
  const { id } = createWaiting('1');
  await one.wait(createWaiting('1'));
  await one.claim(id, 'answered');

  for (const by of [undefined, '', 'undefined', 'null', 'message']) {
    deepEqual(await two.claim(id, 'answered', by), { claimed: false, reason: 'answered' });
  }
}

async function refusesDropped({ stores: [one, two] }: Processes): Promise<void> {
  await one.wait({ ...createWaiting('1'), stallAt: DROP });
  await take(one, DROP);

  const { id } = createWaiting('1');
  for (const reason of ['answered', 'answered', 'dropped'] as const) {
    deepEqual(await two.claim(id, reason, 'message'), { claimed: false, reason: 'dropped' });
  }
}

async function givesForeignAgain({ stores: [one, two] }: Processes): Promise<void> {
  const id = 'another.journey.1';

  const first = await one.claim(id, 'answered', 'message');

  deepEqual(first, { claimed: true, waiting: undefined, stalled: false });
  deepEqual(await two.claim(id, 'answered', 'message'), HAD);
  deepEqual(await two.claim(id, 'answered', 'another'), { claimed: false, reason: 'answered' });
}

async function refusesEarlyAgain({ stores: [one, two] }: Processes): Promise<void> {
  const waiting = createWaiting('1');

  deepEqual(await one.claim(waiting.id, 'answered', 'message'), UNSEEN);
  deepEqual(await two.claim(waiting.id, 'answered', 'message'), UNSEEN);
  await one.wait(waiting);

  deepEqual(await two.claim(waiting.id, 'answered', 'message'), UNSEEN);
  for (const by of ['another', undefined]) {
    deepEqual(await two.claim(waiting.id, 'answered', by), { claimed: false, reason: 'answered' });
  }
  deepEqual(await take(one, 2 * DROP), []);
}

async function putsNothingBack({ stores: [one, two] }: Processes): Promise<void> {
  const waiting = createWaiting('1');
  await one.wait(waiting);
  await one.claim(waiting.id, 'answered', 'message');

  await two.claim(waiting.id, 'answered', 'message');
  await two.wait(waiting);

  deepEqual(await countsOf(two), []);
  deepEqual(await take(two, 2 * DROP), []);
}

async function givesToOneMessage({ stores: [one, two] }: Processes): Promise<void> {
  const { id } = createWaiting('1');
  await one.wait(createWaiting('1'));
  const asked = [one, two, one, two, one, two].map((store, index) => ({
    store,
    by: index < 3 ? 'message' : 'another',
  }));

  const answers = await Promise.all(
    asked.map(async ({ store, by }) => ({ by, claim: await store.claim(id, 'answered', by) })),
  );

  const given = answers.filter(({ claim }) => claim.claimed);
  equal(given.length, 3);
  equal(new Set(given.map(({ by }) => by)).size, 1);
  equal(given.filter(({ claim }) => claim.claimed && claim.waiting !== undefined).length, 1);
}
