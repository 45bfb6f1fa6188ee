import { deepEqual, equal, rejects } from 'node:assert/strict';
import { changed, createFact, createVisit, HOUR, MINUTE, START, settled } from './events';
import type { JournalCase, JournalStage } from './types';

/** What is known of quality, and how the queue behaves. */
export const QUALITY_CASES: readonly JournalCase[] = [
  ['gives the latest fact of each, in whatever order they came', givesLatest],
  ['keeps the name that it was told with some facts only', keepsName],
  ['takes in what was missed, and is not refreshed by who has missed it', takesMissed],
  ['tells the history of quality with its gaps', tellsGaps],
  ['gives texts back as far as a text can hold them', givesTexts],
];

/** How records wait, and what becomes of those that cannot be written. */
export const QUEUE_CASES: readonly JournalCase[] = [
  ['drops the oldest when too much is queued, and counts it', dropsOldest],
  ['does without a record that the store refuses, and tells', refusesOne],
  ['writes what is queued when it is closed, and is over then', isOver],
];

async function givesLatest({ open }: JournalStage): Promise<void> {
  const [journal, other] = [open(), open()];
  const red = { value: 'RED', at: START + HOUR, reason: 'SPAM', until: START + 2 * HOUR };
  const messages = { attribute: 'restriction', key: 'MESSAGES', value: 'ON' } as const;

  journal.observe(changed(red));
  await journal.flush();
  other.observe(changed({ value: 'YELLOW' }));
  other.observe(changed(messages));
  other.observe(changed({ ...messages, key: 'CALLS' }));

  deepEqual(await other.facts(), [
    createFact(red),
    createFact({ ...messages, key: 'CALLS' }),
    createFact(messages),
  ]);
}

async function keepsName({ open }: JournalStage): Promise<void> {
  const journal = open();
  const subject = { kind: 'template', id: '7', name: 'offer', language: 'de' } as const;

  journal.observe(changed({ subject: { ...subject, accountId: '9' } }));
  journal.observe(changed({ subject: { kind: 'template', id: '7' }, value: 'RED', at: START + 1 }));

  const fact = { subject: { ...subject, accountId: '9' }, value: 'RED', at: START + 1 };
  deepEqual(await journal.facts(), [createFact(fact)]);
}

async function takesMissed({ open }: JournalStage): Promise<void> {
  const journal = open();
  journal.observe(changed({ value: 'RED', at: START + HOUR }));

  await journal.observed([createFact({ observedAt: START + 2 * HOUR })]);
  const stale = await journal.facts();
  const yellow = createFact({ value: 'YELLOW', at: START + 3 * HOUR });
  await journal.observed([yellow]);

  deepEqual(stale, [createFact({ value: 'RED', at: START + HOUR })]);
  deepEqual(await journal.facts(), [yellow]);
}

async function tellsGaps({ open, pass }: JournalStage): Promise<void> {
  const journal = open();
  journal.observe(changed());
  await journal.observed([createFact({ observedAt: START + 50 * MINUTE })]);
  await journal.observed([createFact({ observedAt: START + 5 * HOUR })]);
  journal.observe(changed({ value: 'RED', at: START + 6 * HOUR, source: 'poll' }));
  await journal.flush();
  await pass(6.5 * HOUR);

  const entries = await journal.timeline({ kind: 'phone' });

  deepEqual(
    entries.map(({ value, from, to, known }) => [value, from, to, known]),
    [
      ['GREEN', START, START + 50 * MINUTE, true],
      [undefined, START + 50 * MINUTE, START + 5 * HOUR, false],
      ['GREEN', START + 5 * HOUR, START + 6 * HOUR, true],
      ['RED', START + 6 * HOUR, undefined, true],
    ],
  );
}

async function givesTexts({ open }: JournalStage): Promise<void> {
  const journal = open();
  const texts = [
    ['a\u0000b', 'ab'],
    ["'; drop table visits; --", "'; drop table visits; --"],
    ['👍🏽 न', '👍🏽 न'],
    ['\ud800', '\ufffd'],
  ] as const;

  for (const [index, [reason, expected]] of texts.entries()) {
    journal.observe(changed({ reason, at: START + index }));
    const [fact] = await journal.facts();
    equal(fact?.reason, expected);
  }
}

async function dropsOldest({ open, readRows }: JournalStage): Promise<void> {
  const journal = open();
  const count = 2010;

  for (let index = 0; index < count; index += 1) {
    journal.observe(settled({ visit: createVisit({ index }) }));
  }
  const counts = [journal.queued, journal.dropped];
  await journal.close();

  deepEqual(counts, [2000, 10]);
  equal((await readRows('visits')).length, 2000);
}

async function refusesOne({ open, readRows, errors }: JournalStage): Promise<void> {
  const journal = open();

  for (const index of [1, Number.NaN, 2]) {
    journal.observe(settled({ visit: createVisit({ index }) }));
  }
  await journal.flush();

  deepEqual([journal.queued, journal.dropped, errors.length], [0, 1, 1]);
  equal(errors[0]?.includes('The journal refused a visit'), true);
  const [hour] = await readRows('visit_hours');
  equal(hour?.count, 2);
}

async function isOver({ open, readRows }: JournalStage): Promise<void> {
  const journal = open();
  journal.observe(settled());

  await journal.close();
  journal.observe(settled());
  await journal.close();

  deepEqual([journal.queued, journal.dropped], [0, 1]);
  equal((await readRows('visits')).length, 1);
  await rejects(journal.facts(), { code: 'STORE_UNAVAILABLE' });
}
