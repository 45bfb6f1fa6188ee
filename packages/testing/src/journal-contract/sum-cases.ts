import { deepEqual, equal } from 'node:assert/strict';
import {
  CONFUSED,
  changed,
  createJourney,
  createVisit,
  DAY,
  delivered,
  ended,
  HOUR,
  PREFERENCE,
  QUALITY_EVENT,
  RESPONDED,
  RETURNED,
  START,
  STARTED,
  settled,
} from './events';
import type { ContractRow, JournalCase, JournalStage } from './types';

const SINGLE = [STARTED, RETURNED, CONFUSED, RESPONDED, PREFERENCE, QUALITY_EVENT];

const VISIT_HOUR = {
  hour: START,
  flow: 'order',
  version: 'v1',
  node: 'size',
  variant: '',
  channel: 'whatsapp',
  line: 'line',
  outcome: 'advanced',
};

/** What is added up, and what is deleted. */
export const SUM_CASES: readonly JournalCase[] = [
  ['counts messages by the hour', countsMessages],
  ['adds visits up by the hour, each once however often it is told', addsVisitsUp],
  ['adds journeys up by the hour, each once however often it is told', addsJourneysUp],
  ['adds up what several processes tell at once', addsUpProcesses],
  ['deletes what is too old, and the sums of the hours long after that', prunes],
];

async function countsMessages({ open, readRows }: JournalStage): Promise<void> {
  const journal = open();

  for (const at of [START, START, START + HOUR - 1, START + HOUR]) journal.observe(delivered(at));
  await journal.flush();
  journal.observe(delivered(START));
  await journal.flush();

  const counts = (await readRows('delivery_hours')).map(({ hour, count }) => [hour, count]);
  deepEqual(counts.sort(), [
    [START, 4],
    [START + HOUR, 1],
  ]);
}

async function addsVisitsUp({ open, readRows }: JournalStage): Promise<void> {
  const journal = open();
  const other = settled({
    visit: createVisit({ index: 2 }),
    waitSeconds: undefined,
    processingSeconds: undefined,
  });
  const later = settled({ visit: createVisit({ index: 3 }), at: START + HOUR });

  for (const event of [settled(), other, settled()]) journal.observe(event);
  await journal.flush();
  for (const event of [settled(), other, later]) journal.observe(event);
  await journal.flush();

  const sums = { count: 2, wait_count: 1, wait_seconds_sum: 4, processing_seconds_sum: 0.25 };
  deepEqual(sortByHour(await readRows('visit_hours')), [
    { ...VISIT_HOUR, ...sums },
    { ...VISIT_HOUR, ...sums, hour: START + HOUR, count: 1 },
  ]);
}

async function addsJourneysUp({ open, readRows }: JournalStage): Promise<void> {
  const journal = open();
  const second = ended({ journey: createJourney({ id: 'second' }), seconds: 30, turns: 2 });

  for (const event of [ended(), second, ended()]) journal.observe(event);
  await journal.flush();
  journal.observe(second);
  await journal.flush();

  const { node: _, ...named } = VISIT_HOUR;
  deepEqual(await readRows('journey_hours'), [
    { ...named, entry: 'user', outcome: 'completed', count: 2, seconds_sum: 90, turns_sum: 6 },
  ]);
}

async function addsUpProcesses({ open, readRows }: JournalStage): Promise<void> {
  const journals = [open(), open(), open()];
  const indexes = Array.from({ length: 200 }, (_, index) => index);

  for (const journal of journals) {
    for (const index of indexes) journal.observe(settled({ visit: createVisit({ index }) }));
    for (const index of indexes) journal.observe(delivered(START + (index % 2) * HOUR));
  }
  for (const journal of journals) journal.observe(changed());
  await flushAll(journals);

  const [hour] = await readRows('visit_hours');
  const messages = (await readRows('delivery_hours')).map(({ count }) => count);
  deepEqual([hour?.count, messages], [200, [300, 300]]);
  equal((await readRows('quality_changes')).length, 1);
  equal((await readRows('quality_observations')).length, 1);
}

/** Whoever finds the place busy keeps what it has and tries again. */
async function flushAll(journals: readonly { flush(): Promise<void> }[]): Promise<void> {
  const endings = await Promise.allSettled(journals.map((journal) => journal.flush()));
  const late = journals.filter((_, index) => endings[index]?.status === 'rejected');
  for (const journal of late) await journal.flush();
}

async function prunes({ open, readRows }: JournalStage): Promise<void> {
  const journal = open();
  for (let index = 0; index < 1200; index += 1) {
    journal.observe(settled({ at: START, visit: createVisit({ index }) }));
  }
  for (const event of SINGLE) journal.observe(event);
  for (const event of [ended(), delivered(), changed()]) journal.observe(event);
  journal.observe(settled({ at: START + 2 * DAY }));
  await journal.flush();

  const pruned = await journal.prune(START + 2 * DAY);
  const left = await Promise.all(['visits', 'visit_hours', 'journey_hours'].map(readRows));
  const prunedLater = await journal.prune(START + 11 * DAY + 2 * HOUR);
  const leftLater = await readRows('visit_hours');

  // Besides the visits: the events, the journey, the messages and who kept an eye on the number.
  equal(pruned, 1200 + 6 + 3);
  deepEqual(
    left.map((rows) => rows.length),
    [1, 2, 1],
  );
  // The sums of visits, of the one later as well, and of journeys; then waits, signals, steps, nodes,
  // responses and messages.
  equal(prunedLater, 3 + 1 + 2 + 3 + 1 + 1 + 2);
  deepEqual(
    leftLater.map(({ hour }) => hour),
    [START + 2 * DAY],
  );
  equal((await journal.facts()).length, 1);
}

function sortByHour(rows: readonly ContractRow[]): readonly ContractRow[] {
  return [...rows].sort((one, other) => Number(one.hour) - Number(other.hour));
}
